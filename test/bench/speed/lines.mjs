// Articles of a file of JSON lines, one after another, whatever the size of the file.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

export async function* articlesIn(file) {
  for await (const line of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (line.trim() === '') continue
    const { id, title, text } = JSON.parse(line)
    yield { id: String(id), title: title ?? '', text: text ?? '' }
  }
}
