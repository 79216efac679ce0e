import { Buffer } from 'node:buffer'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { randomOf } from '../bench/random.mjs'
import { pdfFile, pdfOfStreams, pdfPage } from './pdf-file.ts'
import { docxFile, epubFile, odtFile, wordParagraph } from './zip-file.ts'

/** A file that somebody broke, on purpose or by accident. */
export interface MutatedFile {
  readonly path: string
  readonly bytes: Buffer
}

type Random = ReturnType<typeof randomOf>
/** A sample: its bytes with what is in it changed, before it is packed. */
interface Sample {
  readonly path: string
  make(change: (inner: Buffer) => Buffer): Buffer
}

const PARAGRAPH = 'Die Straße zum Rathaus wird im März gebaut, sagte die Bürgermeisterin am Dienstag.'
const PAGES = [1, 2, 3, 4].map((n) => pdfPage([`Seite ${n}`, '', PARAGRAPH, PARAGRAPH, '1. Punkt', '2. Punkt']))
const text = (inner: Buffer): string => inner.toString('utf8')

/** Documents, each in two ways: changed as a whole, and changed within, so that what reads the inside is reached. */
const DOCUMENTS: readonly Sample[] = [
  { path: 'a.pdf', make: (change) => change(pdfFile(PAGES, { info: '/Title (Bericht) /CreationDate (D:20240101)' })) },
  {
    path: 'b.pdf',
    make: (change) => {
      const content = change(
        Buffer.from(`BT /F1 11 Tf 1 0 0 1 72 700 Tm [(${PARAGRAPH}) -250 (x)] TJ ET q 1 0 0 1 5 5 cm Q`),
      )
      const stream = { bytes: deflateSync(content), filter: '/FlateDecode' }
      return pdfOfStreams([stream, stream])
    },
  },
  { path: 'a.docx', make: (change) => change(docxFile(wordParagraph(PARAGRAPH))) },
  {
    path: 'b.docx',
    make: (change) => {
      const row = `<w:tbl><w:tr><w:tc>${wordParagraph('Ort')}</w:tc></w:tr></w:tbl>`
      return docxFile(text(change(Buffer.from(wordParagraph('Titel', 'Heading1') + wordParagraph(PARAGRAPH) + row))))
    },
  },
  {
    path: 'a.odt',
    make: (change) =>
      odtFile(
        text(
          change(
            Buffer.from(`<text:h text:outline-level="1">T</text:h><text:p>${PARAGRAPH}<text:s text:c="9"/></text:p>`),
          ),
        ),
      ),
  },
  { path: 'a.epub', make: (change) => change(epubFile({ 'a.xhtml': `<h1>Eins</h1><p>${PARAGRAPH}</p>` })) },
  {
    path: 'b.epub',
    make: (change) =>
      epubFile({
        'a.xhtml': text(change(Buffer.from(`<h1>Eins</h1><p>${PARAGRAPH}</p><ul><li>x</li></ul>`))),
        'b.xhtml': `<p>${PARAGRAPH}</p>`,
      }),
  },
]

const FIXTURES = new URL('../fixtures/ingest', import.meta.url).pathname
const SAMPLE_BYTES_MAX = 20_000

/** Samples of every format: the documents above, and the files of the fixtures. */
function samples(): readonly Sample[] {
  const files = (readdirSync(FIXTURES, { recursive: true }) as string[])
    .map((name) => join(FIXTURES, name))
    .filter((path) => statSync(path).isFile() && !path.endsWith('cases.json') && statSync(path).size < SAMPLE_BYTES_MAX)
    .sort()
  const texts = files.map((path): Sample => {
    const bytes = readFileSync(path)
    return { path: path.slice(FIXTURES.length + 1), make: (change) => change(Buffer.from(bytes)) }
  })
  return [...texts, ...Array.from({ length: 4 }, () => DOCUMENTS).flat()]
}

/** What repeats takes longer the more there is of it: broken files are as long as others. */
const REPEATED_BYTES_MAX = 100_000

const NESTED = [
  '<div>',
  '<w:p>',
  '<text:p>',
  '[',
  '{"a":',
  '> ',
  '((',
  '<< /A ',
  'q ',
  '<table><tr><td>',
  '* ',
  '<![CDATA[',
  '"',
]
const WILD = [
  '\0',
  '\r',
  '﻿',
  '<!--',
  '-->',
  '&#0;',
  '%PDF-1.4',
  'PK\x03\x04',
  '/FlateDecode',
  'endstream',
  '---\n',
  '"',
  "'",
  ']]>',
]

/** What is done to bytes, one of them at a time. */
const MUTATIONS: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  // bytes flipped
  (bytes, random) => {
    for (let n = random.below(20) + 1; n > 0 && bytes.length > 0; n--)
      bytes[random.below(bytes.length)] = random.below(256)
    return bytes
  },
  // cut
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.subarray(random.below(bytes.length + 1)),
  (bytes, random) => {
    const at = random.below(bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.below(50))])
  },
  // nested
  (bytes, random) => inserted(bytes, random.pick(NESTED).repeat(10 ** random.below(5)), random),
  // repeated
  (bytes, random) => {
    const at = random.below(bytes.length + 1)
    const part = bytes.subarray(at, at + random.below(200) + 1)
    const times = Math.min(10 ** random.below(6), Math.floor(REPEATED_BYTES_MAX / (part.length + 1)))
    return Buffer.concat([bytes.subarray(0, at), ...Array.from({ length: times }, () => part), bytes.subarray(at)])
  },
  // other things put in
  (bytes, random) => inserted(bytes, random.pick(WILD), random),
  // numbers that lie
  (bytes, random) => {
    const numbers = ['0', '-1', '9', '99999999', '4294967295', '1e99']
    const found = bytes.toString('latin1')
    return Buffer.from(
      found.replace(/\d+/g, (number) => (random.chance(0.1) ? random.pick(numbers) : number)),
      'latin1',
    )
  },
]

function inserted(bytes: Buffer, piece: string, random: Random): Buffer {
  const at = random.below(bytes.length + 1)
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(piece), bytes.subarray(at)])
}

/** So many broken files, the same for the same seed. */
export function* mutatedFiles(count: number, seed: number): Generator<MutatedFile> {
  const random = randomOf(seed)
  const all = samples()
  for (let n = 0; n < count; n++) {
    const { path, make } = random.pick(all)
    const times = random.below(3) + 1
    const bytes = make((inner) => {
      let changed = inner
      for (let time = 0; time < times; time++) changed = random.pick(MUTATIONS)(Buffer.from(changed), random)
      return changed
    })
    yield { path, bytes }
  }
}
