import type { Analyzer } from '../analysis/analyzer.ts'

/** How an index is made and read. */
export interface EngineConfig {
  readonly analyzer: Analyzer
  /** Of what the index is made by, the analyzer and the owner's rules for it among that. */
  readonly fingerprint: string
}

/** Characters of the store's and the fingerprint's name in a state's. */
const ID_LENGTH = 8

/** The name of a state in which the same search finds the same: the seqNo the index stands at, the store, and how the index is made. */
export const stateOf = (seqNo: number, storeId: string, { fingerprint }: EngineConfig): string =>
  [seqNo, storeId.slice(0, ID_LENGTH), fingerprint.slice(0, ID_LENGTH)].join('-')
