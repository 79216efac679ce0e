import type { ErrorParam } from '../errors.ts'

/** What is wrong with a head. Places count from 1 and inside of the head. */
export interface HeadFault {
  readonly reason: ErrorParam
  readonly line: number
  readonly column: number
}

export type Head = { readonly value: unknown } | { readonly fault: HeadFault }
