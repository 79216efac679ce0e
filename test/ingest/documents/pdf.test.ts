import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/article/article.ts'
import { readPdf } from '../../../src/ingest/documents/pdf.ts'
import type { ReadResult } from '../../../src/ingest/reader.ts'
import { type PdfLine, pdfFile, pdfOfStreams, pdfPage } from '../../support/pdf-file.ts'

const read = (bytes: Uint8Array, path = 'ordner/mein_heft.pdf'): Promise<readonly ReadResult[]> =>
  readPdf(bytes, path, () => {})

async function articleIn(bytes: Uint8Array, path?: string): Promise<Article> {
  const [reading] = await read(bytes, path)
  if (reading?.kind !== 'article') throw new Error(`no article but ${JSON.stringify(reading)}`)
  return reading.article
}
const textOf = async (...pages: (readonly PdfLine[])[]): Promise<string> => (await articleIn(pdfFile(pages))).text

const FILLER = 'Dieser Absatz steht nur da, damit die Seite genug Text hat und niemand sie für leer hält.'

describe('the text of a PDF', () => {
  it.each<[string, readonly string[], string]>([
    [
      'lines of a paragraph are joined',
      ['Die Gemeinde hat beschlossen,', 'dass der Weg gebaut wird.'],
      'Die Gemeinde hat beschlossen, dass der Weg gebaut wird.',
    ],
    [
      'a divided word becomes whole',
      ['Der Bürgermeister der Gemeindever-', 'waltung sagte zu, dass gebaut wird.'],
      'Der Bürgermeister der Gemeindeverwaltung sagte zu, dass gebaut wird.',
    ],
    [
      'a hyphen before a capital stays',
      ['Wir reden heute über die Park-', 'Garage in der Stadt und am See.'],
      'Wir reden heute über die Park-Garage in der Stadt und am See.',
    ],
    [
      'so does one that stands for the rest of a word',
      ['Wir reden über alle Vor-', 'und Nachteile des neuen Weges.'],
      'Wir reden über alle Vor- und Nachteile des neuen Weges.',
    ],
    [
      'a wide gap parts paragraphs',
      ['Erster Absatz ist hier zu lesen.', '', 'zweiter Absatz ist hier zu lesen.'],
      'Erster Absatz ist hier zu lesen.\n\nzweiter Absatz ist hier zu lesen.',
    ],
    [
      'items of a list are paragraphs',
      ['Zu tun ist hier noch dieses:', '1. Wasser holen am Brunnen', '2. Brot kaufen in der Stadt'],
      'Zu tun ist hier noch dieses:\n\n1. Wasser holen am Brunnen\n\n2. Brot kaufen in der Stadt',
    ],
    [
      'umlauts, ß and quotation marks',
      ['Die Straße heißt „Ährenweg“ – wie früher.'],
      'Die Straße heißt „Ährenweg“ – wie früher.',
    ],
  ])('%s', async (_, lines, text) => {
    const windows = lines.map((line) =>
      line.replace(/[„“–]/g, (mark) => ({ '„': '\x84', '“': '\x93', '–': '\x96' })[mark] ?? ''),
    )
    expect(await textOf(pdfPage(windows))).toBe(text)
  })

  it('has columns one below the other, also where they are drawn side by side, and tables line by line', async () => {
    const left = [
      'Links steht zuerst der Anfang',
      'einer längeren Geschichte von',
      'einem Mann, der sehr gern und',
      'viel las, und zwar jeden Tag',
      'im Garten, bis es Abend war.',
    ]
    const right = [
      'Rechts geht etwas anderes los',
      'und handelt von einer Stadt am',
      'Meer, in der es nie regnete und',
      'in der die Leute zufrieden und',
      'ohne Eile ihrer Wege gingen.',
    ]
    const page = left.flatMap((text, at): PdfLine[] => [
      { text, x: 60, y: 700 - 14 * at },
      { text: right[at] ?? '', x: 320, y: 700 - 14 * at },
    ])
    expect(await textOf(page)).toBe(`${left.join(' ')}\n\n${right.join(' ')}`)
    const table = ['Ort', 'Köln', 'Bonn', 'Trier', 'Mainz', 'Aachen'].flatMap((text, at): PdfLine[] => [
      { text, x: 60, y: 700 - 14 * at },
      { text: `${at} 000`, x: 320, y: 700 - 14 * at },
    ])
    expect(await textOf(table)).toBe(
      'Ort 0 000\n\nKöln 1 000\n\nBonn 2 000\n\nTrier 3 000\n\nMainz 4 000\n\nAachen 5 000',
    )
  })

  it('has running heads once and no page numbers, but keeps them where a file has two pages', async () => {
    const page = (n: number): PdfLine[] => [
      { text: 'Amtsblatt der Stadt', y: 800 },
      ...pdfPage([`${FILLER} ${'Nummer '.repeat(n)}Ende.`], { top: 700 }),
      { text: `Seite ${n} von 9`, y: 40 },
    ]
    const text = await textOf(page(1), page(2), page(3), page(4))
    expect(text.split('Amtsblatt der Stadt')).toHaveLength(2)
    expect(text).not.toContain('von 9')
    expect((await textOf(page(1), page(2))).split('von 9')).toHaveLength(3)
  })

  it('goes on from one page to the next', async () => {
    const text = await textOf(
      pdfPage(['Der Satz beginnt auf der ersten Seite und']),
      pdfPage(['endet auf der zweiten Seite, wie man sieht.']),
    )
    expect(text).toBe('Der Satz beginnt auf der ersten Seite und endet auf der zweiten Seite, wie man sieht.')
  })
})

describe('pages', () => {
  it('are told by the places where they begin, those without text too, which a warning counts', async () => {
    const pages = [pdfPage([`Eins. ${FILLER}`]), [], pdfPage([`drei. ${FILLER}`]), pdfPage([`Vier. ${FILLER}`])]
    const [reading, warning, ...more] = await read(pdfFile(pages))
    if (reading?.kind !== 'article') throw new Error('no article')
    const { text, structure } = reading.article
    expect(structure?.map((range) => (range.kind === 'page' ? range.number : range.kind))).toEqual([1, 2, 3, 4])
    expect(structure?.map(({ start }) => text.slice(start, start + 5))).toEqual(['Eins.', 'drei.', 'drei.', 'Vier.'])
    expect(warning).toMatchObject({
      kind: 'warning',
      error: { code: 'document_pages_without_text', params: { count: 1, pages: 4 } },
    })
    expect(more).toEqual([])
  })

  it('are each told of while they are read', async () => {
    let pages = 0
    await readPdf(pdfFile([pdfPage([FILLER]), pdfPage([FILLER])]), 'a.pdf', () => {
      pages += 1
    })
    expect(pages).toBe(2)
  })
})

describe('title, author and date', () => {
  const page = [
    { text: 'Der große Bericht', y: 780, size: 24 },
    { text: 'für alle', y: 752, size: 24 },
    ...pdfPage([FILLER], { top: 700 }),
  ]
  it.each<[string, string, string]>([
    ['what the file says', '/Title (Jahresbericht)', 'Jahresbericht'],
    [
      'what is largest on the first page where that is made up by a program',
      '/Title (Microsoft Word - x.doc)',
      'Der große Bericht für alle',
    ],
    ['or is a word of a program with a number', '/Title (Dokument1)', 'Der große Bericht für alle'],
    ['or is the name of a file', '/Title (Bericht_2020_final.indd)', 'Der große Bericht für alle'],
    ['or is missing', '', 'Der große Bericht für alle'],
  ])('the title is %s', async (_, info, title) => {
    expect(await articleIn(pdfFile([page], { info }))).toMatchObject({ title })
  })

  it('the title is the name of the file where all letters have one size', async () => {
    expect(await articleIn(pdfFile([pdfPage([FILLER])]))).toMatchObject({
      id: 'ordner/mein_heft.pdf',
      title: 'mein heft',
    })
  })

  it('author, tags and day are those of the file, but the day of its path comes first', async () => {
    const bytes = pdfFile([page], {
      info: "/Author (Erna Muster) /Keywords (Wasser; Luft) /CreationDate (D:20240503101500+02'00')",
    })
    expect(await articleIn(bytes)).toMatchObject({
      author: 'Erna Muster',
      tags: ['Wasser', 'Luft'],
      date: '2024-05-03',
    })
    expect(await articleIn(bytes, '2020-01-02/heft.pdf')).toMatchObject({ date: '2020-01-02' })
  })
})

describe('a PDF that cannot be read', () => {
  const codeOf = (bytes: Uint8Array): Promise<string> =>
    read(bytes).then(
      () => 'none',
      (error) => error.code,
    )
  const sound = pdfFile([pdfPage([FILLER])])

  it.each<[string, Uint8Array, string]>([
    ['is cut off at its head', sound.subarray(0, 20), 'document_broken'],
    ['has no pages', Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'), 'document_broken'],
    ['has pages without text', pdfFile([[], []]), 'document_without_text'],
    ['has nothing on its pages but numbers', pdfFile([pdfPage(['1']), pdfPage(['2'])]), 'document_without_text'],
    [
      'is encrypted with a password',
      pdfFile([pdfPage([FILLER])], {
        trailer: `/ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >>`,
      }),
      'document_encrypted',
    ],
  ])('because it %s is refused', async (_, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code)
  })

  it('because it says it has a million pages has those that are there', async () => {
    const readings = await read(pdfFile([pdfPage([FILLER])], { saidPages: 1_000_000 }))
    expect(readings).toMatchObject([{ kind: 'article', article: { text: FILLER, structure: [{ number: 1 }] } }])
  })

  it('in one page is read in the others', async () => {
    const good = { bytes: Buffer.from(`BT /F1 11 Tf 1 0 0 1 72 700 Tm (${FILLER}) Tj ET`, 'latin1'), filter: '' }
    const [reading] = await read(pdfOfStreams([{ bytes: Buffer.from('kaputt'), filter: '/FlateDecode' }, good]))
    expect(reading).toMatchObject({ kind: 'article', article: { text: FILLER } })
  })
})
