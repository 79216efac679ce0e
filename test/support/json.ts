// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is for the tests to check, not for the compiler
export type Json = any

/** The body of an answer as JSON. */
export async function jsonOf(response: Response | Promise<Response>): Promise<Json> {
  return (await response).json()
}
