import { FORMAT } from './index-mappings.ts'

/** What an index in a cluster is made by: the analysis, and what is kept there. */
export const madeBy = (fingerprint: string): string => `${fingerprint}-${FORMAT}`
