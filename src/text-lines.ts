import { createReadStream } from 'node:fs'

/** The lines of a file of UTF-8 that ends with a line break, one after the other. */
export async function* textLines(path: string): AsyncGenerator<string> {
  // not `readline`, for which other characters end a line too that stand within strings of JSON
  let parts: string[] = []
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    let start = 0
    // each chunk is looked through once, however long the line is that it is a part of
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      const line = [...parts, chunk.slice(start, end)].join('')
      parts = []
      start = end + 1
      yield line
    }
    parts.push(chunk.slice(start))
  }
}
