import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PayloadFault, type PayloadFormat, writePayload } from '../../src/documents/payload.ts'
import { temporaryFolder } from '../support/folders.ts'

const JSON_FORMAT: PayloadFormat = { kind: 'json' }
const LINES: PayloadFormat = { kind: 'ndjson' }
const CSV: PayloadFormat = { kind: 'csv', delimiter: ',' }

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function written(text: string, format: PayloadFormat, size = 7): Promise<string[]> {
  const folder = temporaryFolder()
  const { file, bytes, documents } = await writePayload(inChunks(Buffer.from(text), size), format, folder)
  const content = readFileSync(join(folder, file), 'utf8')
  expect(Buffer.byteLength(content)).toBe(bytes)
  const lines = content.split('\n').slice(0, -1)
  expect(lines).toHaveLength(documents)
  return lines
}

/** What is said of a body that cannot be read; nothing of it stays. */
async function faultOf(text: string | Uint8Array, format: PayloadFormat): Promise<string> {
  const folder = temporaryFolder()
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const error: unknown = await writePayload(inChunks(bytes, 5), format, folder).catch((fault: unknown) => fault)
  expect(error).toBeInstanceOf(PayloadFault)
  expect(readdirSync(folder)).toEqual([])
  return `${(error as PayloadFault).kind}: ${(error as PayloadFault).message}`
}

describe('JSON', () => {
  test('a list, or one object; documents stay as they were written but for line breaks', async () => {
    const text = ' [ {"id":1,"n":12345678901234567890},\n{"id" : "b",\n "t":"a]}\\"\\n,{"} ]\n'
    expect(await written(text, JSON_FORMAT)).toEqual([
      '{"id":1,"n":12345678901234567890}',
      '{"id" : "b",  "t":"a]}\\"\\n,{"}',
    ])
    expect(await written('{"id":1}', JSON_FORMAT)).toEqual(['{"id":1}'])
    expect(await written('[]', JSON_FORMAT)).toEqual([])
  })

  test.each([
    ['', 'missing: A json payload is missing.'],
    ['  \n', 'missing: A json payload is missing.'],
    ['[{"id":1}', 'EOF while parsing'],
    ['{"id":1', 'EOF while parsing'],
    ['[{"id":1},]', 'trailing comma'],
    ['[{"id":1} {"id":2}]', 'expected `,` or `]`'],
    ['[,{"id":1}]', 'expected value'],
    ['{"id":1} x', 'trailing characters'],
    ['[{"id":1}]]', 'trailing characters'],
    ['[1]', 'a document is a JSON object, not `1`'],
    ['[[1]]', 'a document is a JSON object'],
    ['"x"', 'a document is a JSON object'],
    ['null', 'a document is a JSON object'],
    ['[{id:1}]', 'malformed'],
    ['hello', 'malformed'],
    [`{"a":${'['.repeat(128)}${']'.repeat(128)}}`, 'recursion limit exceeded'],
  ])('%j is refused: %s', async (text, words) => {
    expect(await faultOf(text, JSON_FORMAT)).toContain(words)
  })

  test('bytes that are no UTF-8 are refused', async () => {
    expect(await faultOf(Buffer.from('[{"id":"\xfc"}]', 'latin1'), JSON_FORMAT)).toContain('invalid UTF-8')
  })

  test('whatever the documents and the chunks, the same come out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 1, '\t'),
        async (documents, size, indent) => {
          const lines = await written(JSON.stringify(documents, null, indent), JSON_FORMAT, size)
          expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
            documents.map((one) => JSON.parse(JSON.stringify(one)) as unknown),
          )
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('lines of JSON', () => {
  test('one a line; empty lines are none', async () => {
    expect(await written('{"id":1}\n\n  {"id":2}\r\n{"t":"\u2028"}', LINES)).toEqual([
      '{"id":1}',
      '{"id":2}',
      '{"t":"\u2028"}',
    ])
  })

  test.each([
    ['', 'missing: A ndjson payload is missing.'],
    ['{"id":1}\n{"id"', 'malformed: The `ndjson` payload provided is malformed'],
    ['[{"id":1}]', 'a document is a JSON object'],
  ])('%j is refused: %s', async (text, words) => {
    expect(await faultOf(text, LINES)).toContain(words)
  })
})

describe('CSV', () => {
  test('names with types in the first row', async () => {
    const text = 'id:number,title,neu:boolean,preis:number\n1,"Stühle, rot",true,2.5\n2,"Tische ""groß""",FALSE,\n'
    expect((await written(text, CSV)).map((line) => JSON.parse(line) as unknown)).toEqual([
      { id: 1, title: 'Stühle, rot', neu: true, preis: 2.5 },
      { id: 2, title: 'Tische "groß"', neu: false, preis: null },
    ])
    expect(await written('id;a\n1;x', { kind: 'csv', delimiter: ';' })).toEqual(['{"id":"1","a":"x"}'])
  })

  test.each([
    ['', 'missing: A csv payload is missing.'],
    ['id,a\n1', 'malformed'],
    ['id,a\n1,"x', 'malformed'],
    ['id:number\nx', '"x" is no number'],
    ['ja:boolean\nvielleicht', '"vielleicht" is no boolean'],
  ])('%j is refused: %s', async (text, words) => {
    expect(await faultOf(text, CSV)).toContain(words)
  })
})
