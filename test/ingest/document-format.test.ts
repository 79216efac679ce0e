import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { documentFormatOf } from '../../src/ingest/document-format.ts'
import { placedReadings, readFile } from '../../src/ingest/read-file.ts'
import { pdfFile, pdfPage } from '../support/pdf-file.ts'
import { docxFile } from '../support/zip-file.ts'

const PDF = pdfFile([pdfPage(['Ein Text'])])
const PAGE = Buffer.from(
  '\n<!-- gespeichert -->\n<!DOCTYPE html><html><head><title>T</title></head><body><h1>Seite</h1><p>Ein Text.</p></body></html>',
)

function reasonFor(bytes: Uint8Array, path: string): unknown {
  const result = readFile(bytes, path)
  const [reading] = result.kind === 'read' ? result.readings : []
  return reading?.kind === 'refusal' ? reading.error.detail('de') : reading?.kind
}

describe('what a file is', () => {
  it.each<[string, Uint8Array, string, string | null]>([
    ['a PDF', PDF, 'a.pdf', 'pdf'],
    ['a PDF that is called a page', PDF, 'a.html', 'pdf'],
    ['a PDF that is called a text', PDF, 'a.txt', 'pdf'],
    ['a PDF with something before it', Buffer.concat([Buffer.from('\r\n\r\n'), PDF]), 'a.pdf', 'pdf'],
    ['a Word document that is called a page', docxFile(''), 'a.htm', 'zip'],
    ['a page that is called a PDF', PAGE, 'a.pdf', null],
    ['a text that speaks of PDF', Buffer.from('Am Anfang steht %PDF-1.4'), 'a.txt', null],
    ['nothing', new Uint8Array(), 'a.pdf', null],
  ])('%s is known by its first bytes', (_, bytes, path, format) => {
    expect(documentFormatOf(bytes, path)).toBe(format)
  })

  it.each(['a.pdf', 'a.docx', 'ordner/A.ODT', 'a.epub'])('a page that is called %s is read as a page', (path) => {
    const result = readFile(PAGE, path)
    const [reading] = result.kind === 'read' ? result.readings : []
    expect(reading).toMatchObject({ kind: 'article', article: { id: path, title: 'Seite', text: 'Ein Text.' } })
  })

  it.each<[string, Uint8Array, string, string]>([
    ['a text that is called a PDF', Buffer.from('Nur Text'), 'a.pdf', 'kein PDF-Dokument'],
    ['bytes that are called a Word document', Buffer.from([1, 0, 2]), 'a.docx', 'kein DOCX-Dokument'],
    ['nothing that is called a PDF', new Uint8Array(), 'a.pdf', 'kein PDF-Dokument'],
    ['an old Word document', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'a.docx', 'vor 2007'],
    ['an RTF that is called a text', Buffer.from('{\\rtf1 Hallo}'), 'a.txt', 'RTF'],
  ])('%s is refused by what it is', (_, bytes, path, reason) => {
    expect(reasonFor(bytes, path)).toContain(reason)
  })

  it('a document in a folder of drafts is a draft, and a warning about it stays one', () => {
    const refusal = { kind: 'refusal', error: new Error('x') as never, line: null } as const
    const warning = { kind: 'warning', error: new Error('x') as never, line: 1 } as const
    expect([...placedReadings([refusal, warning], '/a/_drafts/b.pdf')].map(({ kind }) => kind)).toEqual([
      'unpublished',
      'warning',
    ])
    expect([...placedReadings([refusal], '/a/b.pdf')]).toEqual([refusal])
  })
})
