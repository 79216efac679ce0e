import { createReadStream } from 'node:fs'
import type { JsonDocument } from '../documents/attributes.ts'

/** A document of a payload: as it came, and parsed. */
export interface GivenDocument {
  readonly json: string
  readonly document: JsonDocument
}

/** The documents of a payload, one after the other. */
export async function* documentsOf(path: string): AsyncGenerator<GivenDocument> {
  // not `readline`, for which other characters end a line too that stand within strings of JSON
  let parts: string[] = []
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    let start = 0
    // each chunk is looked through once, however long the line is that it is a part of
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      const json = [...parts, chunk.slice(start, end)].join('')
      parts = []
      start = end + 1
      yield { json, document: JSON.parse(json) as JsonDocument }
    }
    parts.push(chunk.slice(start))
  }
}
