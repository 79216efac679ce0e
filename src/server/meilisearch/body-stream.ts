import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Context } from 'hono'
import { ApiError } from './api-error.ts'

/** Types of content by what Meilisearch calls them in its errors. */
export type ContentType = 'application/json' | 'application/x-ndjson' | 'text/csv'

/**
 * The type of a request's body. A form of another site can send none of these, so no page can write in the name of its visitors.
 * @throws ApiError `missing_content_type`, `invalid_content_type`
 */
export function contentTypeOf<Type extends ContentType>(c: Context, accepted: readonly Type[]): Type {
  const given = c.req.header('content-type')
  const values = accepted.map((type) => `\`${type}\``).join(', ')
  const accepts = `Accepted values for the Content-Type header are: ${values}`
  if (given === undefined) throw new ApiError('missing_content_type', `A Content-Type header is missing. ${accepts}`)
  const essence = (given.split(';')[0] as string).trim().toLowerCase()
  const type = accepted.find((one) => one === essence)
  if (type !== undefined) return type
  throw new ApiError('invalid_content_type', `The Content-Type \`${given.slice(0, SHOWN_MAX)}\` is invalid. ${accepts}`)
}

const SHOWN_MAX = 200

/** How bodies may be compressed. */
const DECOMPRESSORS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * The body of a request as it comes, decompressed. Whoever stops reading ends the reading of the connection too.
 * @param bytesMax of what was sent, and of what it is when decompressed
 * @throws ApiError `payload_too_large`, `malformed_payload` where it is not compressed as it says, `invalid_content_encoding`
 */
export async function* bodyStream(c: Context, bytesMax: number): AsyncGenerator<Uint8Array, void> {
  const sent = Number(c.req.header('content-length') ?? 0)
  if (sent > bytesMax) throw tooLarge(bytesMax)
  const encoding = (c.req.header('content-encoding') ?? 'identity').trim().toLowerCase()
  const { body } = c.req.raw
  if (body === null) return
  if (encoding === 'identity' || encoding === '') {
    yield* bounded(body as AsyncIterable<Uint8Array>, bytesMax)
    return
  }
  const make = Object.hasOwn(DECOMPRESSORS, encoding) ? DECOMPRESSORS[encoding] : undefined
  if (make === undefined) {
    const known = 'gzip, deflate, br'
    const words = `The Content-Encoding \`${encoding.slice(0, SHOWN_MAX)}\` is not supported. Supported are: ${known}.`
    throw new ApiError('invalid_content_encoding', words)
  }
  // a bomb is stopped while it unfolds: what is not read is not decompressed either
  const source = Readable.from(bounded(body as AsyncIterable<Uint8Array>, bytesMax), { objectMode: false })
  const decompressor = make()
  let fault: unknown
  source.once('error', (error) => {
    fault = error
    ;(decompressor as unknown as { destroy(error: Error): void }).destroy(error)
  })
  try {
    yield* bounded(source.pipe(decompressor) as AsyncIterable<Uint8Array>, bytesMax)
  } catch (error) {
    if (error instanceof ApiError) throw error
    if (fault !== undefined) throw fault
    throw new ApiError(
      'malformed_payload',
      `The body of the request is not compressed with \`${encoding}\` as its header says.`,
    )
  } finally {
    source.destroy()
  }
}

async function* bounded(chunks: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<Uint8Array, void> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > bytesMax) throw tooLarge(bytesMax)
    yield chunk
  }
}

function tooLarge(bytesMax: number): ApiError {
  const size = bytesMax % MEBIBYTE === 0 ? `${bytesMax / MEBIBYTE} MiB` : `${bytesMax} B`
  const words = `The provided payload reached the size limit. The maximum accepted payload size is ${size}.`
  // the rest of the body is not wanted on this connection
  return new ApiError('payload_too_large', words, { connection: 'close' })
}

const MEBIBYTE = 1024 * 1024
