import { appendFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FileSource } from '../../src/ingest/byte-source.ts'
import { readLines } from '../../src/ingest/read-file.ts'
import { makeFolder, removeFolder } from '../support/folders.ts'

let folder = ''
beforeAll(() => {
  folder = makeFolder()
})
afterAll(() => removeFolder(folder))

const LINES = Array.from({ length: 20 }, (_, at) => `${JSON.stringify({ id: `a${at}`, text: 'Regen' })}\n`)

/** What reading a file gives that is changed once it is open. */
function readingsOf(change: (path: string) => void): string[] {
  const path = join(folder, 'a.jsonl')
  writeFileSync(path, LINES.join(''))
  const source = new FileSource(path)
  try {
    change(path)
    // null is given where time was spent
    return Array.from(readLines(source, 'a.jsonl', path, { lineBytesMax: 1000 })).flatMap((one) =>
      one === null ? [] : one.kind === 'refusal' ? one.error.detail('en') : one.kind,
    )
  } finally {
    source.close()
  }
}

test('a file that is as it was is read whole', () => {
  expect(readingsOf(() => {})).toEqual(LINES.map(() => 'article'))
})

test.each<[string, (path: string) => void]>([
  ['is cut off at the end of a line', (path) => truncateSync(path, LINES.slice(0, 3).join('').length)],
  ['is cut off within a line', (path) => truncateSync(path, 50)],
  [
    'is written anew with as many bytes',
    (path) => {
      writeFileSync(path, LINES.toReversed().join(''))
      utimesSync(path, 1, 1)
    },
  ],
])('a file that %s while it is read is refused as a whole', (_, change) => {
  expect(readingsOf(change).at(-1)).toContain('was written anew while it was read')
})

test('what is added meanwhile is for the next time', () => {
  expect(readingsOf((path) => appendFileSync(path, LINES[0] as string))).toEqual(LINES.map(() => 'article'))
})
