import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documentsOf } from '../../src/tasks/payload-lines.ts'
import { temporaryFolder } from '../support/folders.ts'

test('documents are read as they were written, short ones and such as fill many chunks of the file', async () => {
  const path = join(temporaryFolder(), 'documents.ndjson')
  // other characters that end a line elsewhere, and characters of several bytes at the borders of chunks
  const texts = [
    '',
    'a\u2028b\u2029c\u0085d',
    'ß€😀'.repeat(100_000),
    'x'.repeat(65_536 - 15),
    'y',
    'z'.repeat(2_000_000),
  ]
  const given = texts.map((text, id) => JSON.stringify({ id, text }))
  writeFileSync(path, given.map((json) => `${json}\n`).join(''))
  const read: string[] = []
  for await (const { json, document } of documentsOf(path)) {
    expect(document).toEqual(JSON.parse(json))
    read.push(json)
  }
  expect(read).toEqual(given)
})
