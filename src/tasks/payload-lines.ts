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
  let rest = ''
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const json of lines) yield { json, document: JSON.parse(json) as JsonDocument }
  }
}
