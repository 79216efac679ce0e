import type { Context } from 'hono'
import { ApiError } from './api-error.ts'
import { bodyStream, contentTypeOf } from './body-stream.ts'

/** Objects and lists within each other. */
const DEPTH_MAX = 128

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
  if (isDeeper(text, DEPTH_MAX)) throw malformed(`recursion limit exceeded: more than ${DEPTH_MAX} levels`)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw malformed((error as Error).message.slice(0, SHOWN_MAX))
  }
}

const SHOWN_MAX = 200

const malformed = (why: string): ApiError =>
  new ApiError('malformed_payload', `The json payload provided is malformed. \`${why}\`.`)

/** Whether brackets stand deeper within each other than that, outside of texts. Looks at each character once. */
export function isDeeper(text: string, depthMax: number): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inText) {
      if (code === BACKSLASH) at += 1
      else if (code === QUOTE) inText = false
    } else if (code === QUOTE) inText = true
    else if (code === BRACKET || code === BRACE) {
      depth += 1
      if (depth > depthMax) return true
    } else if (code === BRACKET + 2 || code === BRACE + 2) depth -= 1
  }
  return false
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const BRACKET = 0x5b
const BRACE = 0x7b

/** Copied with care it does no harm, but nobody means it. */
function hasPrototypeMember(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(hasPrototypeMember)
  return Object.entries(value).some(([name, inner]) => name === '__proto__' || hasPrototypeMember(inner))
}
