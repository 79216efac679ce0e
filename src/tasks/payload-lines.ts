import type { JsonDocument } from '../documents/attributes.ts'
import { textLines } from '../text-lines.ts'

/** A document of a payload: as it came, and parsed. */
export interface GivenDocument {
  readonly json: string
  readonly document: JsonDocument
}

/** The documents of a payload, one after the other. */
export async function* documentsOf(path: string): AsyncGenerator<GivenDocument> {
  for await (const json of textLines(path)) yield { json, document: JSON.parse(json) as JsonDocument }
}
