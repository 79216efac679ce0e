import { Buffer } from 'node:buffer'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { deflateSync } from 'node:zlib'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { DOCUMENT_LIMITS, DocumentThread } from '../../../src/ingest/documents/document-thread.ts'
import { pdfFile, pdfOfStreams, pdfPage } from '../../support/pdf-file.ts'
import { docxFile, epubFile, wordParagraph } from '../../support/zip-file.ts'

/** For what is not about time: a busy machine takes as long as it likes. */
const PATIENT = { ...DOCUMENT_LIMITS, documentMs: 200_000, stallMs: 200_000, mostMs: 200_000 }

let thread = new DocumentThread(PATIENT)
afterEach(async () => {
  await thread.close()
  thread = new DocumentThread(PATIENT)
})

const letter = (text: string): Buffer => docxFile(wordParagraph(text))
const textOf = async (bytes: Buffer): Promise<unknown> => {
  const [reading] = await thread.read(bytes, 'a.docx', 'zip')
  return reading?.kind === 'article' ? reading.article.text : reading
}

/** A kilobyte that becomes hundreds of megabytes twice over. */
const bomb = (): Buffer =>
  pdfOfStreams([
    { bytes: deflateSync(deflateSync(Buffer.alloc(300 << 20, 0x20))), filter: '/FlateDecode /FlateDecode' },
  ])

describe('the thread of documents', () => {
  it('reads one after the other, whatever is wrong with some', async () => {
    expect(await textOf(letter('eins'))).toBe('eins')
    expect(await thread.read(Buffer.from('%PDF-1.4'), 'b.pdf', 'pdf')).toMatchObject([
      { kind: 'refusal', line: null, error: { code: 'document_broken' } },
    ])
    expect(await textOf(letter('zwei'))).toBe('zwei')
    const [pdf] = await thread.read(pdfFile([pdfPage(['Ein Text, der lang genug ist.'])]), 'c.pdf', 'pdf')
    expect(pdf).toMatchObject({ kind: 'article', article: { structure: [{ kind: 'page', start: 0, number: 1 }] } })
  })

  it('gives what is not public, and refusals of parts, as they are', async () => {
    const chapters = {
      'a.xhtml': '<h1>A</h1><p>Text.</p>',
      'b.xhtml': '<div>'.repeat(2100),
      'c.xhtml': '<meta name="robots" content="noindex"><h1>C</h1><p>Text.</p>',
    }
    const readings = await thread.read(epubFile(chapters), 'b.epub', 'zip')
    expect(readings).toMatchObject([
      { kind: 'article', article: { title: 'A' } },
      { kind: 'refusal', line: 1, error: { code: 'document_broken', message: expect.stringContaining('b.xhtml') } },
      { kind: 'unpublished', state: 'noindex', otherwise: { kind: 'article', article: { title: 'C' } } },
    ])
  })

  it('ends one that takes too long, says so, and reads the next', async () => {
    thread = new DocumentThread({ ...DOCUMENT_LIMITS, documentMs: 1500, stallMs: 1500 })
    const [reading] = await thread.read(bomb(), 'bombe.pdf', 'pdf')
    expect(reading).toMatchObject({ kind: 'refusal', error: { code: 'document_slow' } })
    expect(await textOf(letter('danach'))).toBe('danach')
  })

  it('ends one that takes too much memory', async () => {
    thread = new DocumentThread({ ...PATIENT, growthBytes: 100 << 20 })
    const [reading] = await thread.read(bomb(), 'bombe.pdf', 'pdf')
    expect(reading).toMatchObject({ kind: 'refusal', error: { code: 'document_slow' } })
  })

  it('is renewed after so many documents', async () => {
    thread = new DocumentThread({ ...PATIENT, documentsPerThread: 1 })
    let threads = 0
    const count = (): void => {
      threads += 1
    }
    // Node tells there of each thread that is made
    subscribe('worker_threads', count)
    onTestFinished(() => void unsubscribe('worker_threads', count))
    for (const text of ['eins', 'zwei', 'drei']) expect(await textOf(letter(text))).toBe(text)
    expect(threads).toBe(3)
  })
})
