import type { ErrorParam } from '../errors.ts'

/** What is wrong with a head. Places count from 1 and inside of the head. */
export interface HeadFault {
  readonly reason: ErrorParam
  readonly line: number
  readonly column: number
}

export interface SoundHead {
  readonly value: unknown
  /** What the head is not quite sound in, although it could be read. */
  readonly note?: HeadFault
  /** Pairs that a later one of the same name stands for, or that a text left open took in. */
  readonly overridden?: readonly (readonly [string, unknown])[]
}

export type Head = SoundHead | { readonly fault: HeadFault }
