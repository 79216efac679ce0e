import type { Context } from 'hono'
import { isDeeper, JSON_DEPTH_MAX } from '../../json-depth.ts'
import { ApiError } from './api-error.ts'
import { bodyStream, contentTypeOf } from './body-stream.ts'

/** Of bodies that are no documents. */
export const JSON_BYTES_MAX = 16 * 1024 * 1024

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/**
 * The body of a request, which must be JSON and say so.
 * @throws ApiError `missing_content_type`, `invalid_content_type`, `payload_too_large`, `missing_payload`, `malformed_payload`,
 * `bad_request` where it has a member that would be no member of an object here
 */
export async function jsonBody(c: Context, bytesMax = JSON_BYTES_MAX): Promise<unknown> {
  contentTypeOf(c, ['application/json'])
  const chunks: Uint8Array[] = []
  for await (const chunk of bodyStream(c, bytesMax)) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  if (bytes.length === 0) throw new ApiError('missing_payload', 'A json payload is missing.')
  const body = parsedJson(bytes)
  if (hasPrototypeMember(body)) throw new ApiError('bad_request', 'A member cannot be called `__proto__`.')
  return body
}

/**
 * JSON as a value: at most so deep that walking it is safe. A member `__proto__` is one like any other in it.
 * @throws ApiError `malformed_payload`
 */
export function parsedJson(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw malformed('it is not UTF-8')
  }
  if (isDeeper(text, JSON_DEPTH_MAX)) throw malformed(`recursion limit exceeded: more than ${JSON_DEPTH_MAX} levels`)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw malformed((error as Error).message.slice(0, SHOWN_MAX))
  }
}

const SHOWN_MAX = 200

const malformed = (why: string): ApiError =>
  new ApiError('malformed_payload', `The json payload provided is malformed. \`${why}\`.`)

/** Copied with care it does no harm, but nobody means it. */
function hasPrototypeMember(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(hasPrototypeMember)
  return Object.entries(value).some(([name, inner]) => name === '__proto__' || hasPrototypeMember(inner))
}
