import { type ErrorCode, type ErrorParams, FundstelleError } from './errors.ts'

/** An error as one thread tells it another: the classes of errors do not travel. */
export type PackedError = (
  | { readonly code: ErrorCode; readonly params: ErrorParams }
  | {
      readonly message: string
      readonly stack: string
      /** What a cluster refused a request with: who tries again goes by it. */
      readonly status?: number
    }
) & { readonly cause?: PackedError }

/** So many causes of causes are told: one that is its own cause would never end. */
const CAUSES_MAX = 8

export function packError(error: unknown, causes = CAUSES_MAX): PackedError {
  const hasCause = error instanceof Error && error.cause !== undefined && causes > 0
  const cause = hasCause ? { cause: packError(error.cause, causes - 1) } : {}
  if (error instanceof FundstelleError) return { code: error.code, params: error.params, ...cause }
  if (error instanceof Error) {
    const status = 'status' in error && typeof error.status === 'number' ? { status: error.status } : {}
    return { message: error.message, stack: error.stack ?? error.message, ...status, ...cause }
  }
  return { message: String(error), stack: String(error) }
}

export function unpackError(packed: PackedError): Error {
  const options = packed.cause === undefined ? {} : { cause: unpackError(packed.cause) }
  if ('code' in packed) return new FundstelleError(packed.code, packed.params, options)
  const { message, stack, status } = packed
  return Object.assign(new Error(message, options), { stack, ...(status !== undefined && { status }) })
}
