import type { FundstelleError } from '../../errors.ts'
import { type PackedError, packError, unpackError } from '../../packed-error.ts'
import type { ReadResult } from '../reader.ts'

type Packed<Reading> = Reading extends { readonly error: FundstelleError }
  ? Omit<Reading, 'error'> & { readonly error: PackedError }
  : Reading extends { readonly otherwise: infer Otherwise }
    ? Omit<Reading, 'otherwise'> & { readonly otherwise: Packed<Otherwise> }
    : Reading

/** A reading as one thread tells it another. */
export type PackedReading = Packed<ReadResult>

export function packReading(reading: ReadResult): PackedReading {
  return changed(reading, packError) as PackedReading
}

export function unpackReading(reading: PackedReading): ReadResult {
  return changed(reading, unpackError as (error: never) => unknown) as ReadResult
}

function changed(reading: object, change: (error: never) => unknown): object {
  if ('error' in reading) return { ...reading, error: change(reading.error as never) }
  if ('otherwise' in reading && reading.otherwise !== null)
    return { ...reading, otherwise: changed(reading.otherwise as object, change) }
  return reading
}
