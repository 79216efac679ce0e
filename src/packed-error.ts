import { type ErrorCode, type ErrorParams, FundstelleError } from './errors.ts'

/** An error as one thread tells it another: the classes of errors do not travel. */
export type PackedError =
  | { readonly code: ErrorCode; readonly params: ErrorParams }
  | { readonly message: string; readonly stack: string }

export function packError(error: unknown): PackedError {
  if (error instanceof FundstelleError) return { code: error.code, params: error.params }
  if (error instanceof Error) return { message: error.message, stack: error.stack ?? error.message }
  return { message: String(error), stack: String(error) }
}

export function unpackError(packed: PackedError): Error {
  if ('code' in packed) return new FundstelleError(packed.code, packed.params)
  const error = new Error(packed.message)
  error.stack = packed.stack
  return error
}
