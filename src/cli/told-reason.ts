/** What a log tells of an error, and of what caused it: while both stay the same it need not tell it again. */
export function toldReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, cause } = error
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}
