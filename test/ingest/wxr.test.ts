import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type ByteSource, bytesSource, FileSource } from '../../src/ingest/byte-source.ts'
import { readInPieces } from '../../src/ingest/read-in-pieces.ts'
import type { ReadResult } from '../../src/ingest/reader.ts'
import { walk } from '../../src/ingest/walk.ts'
import { exportItems, wxrReader } from '../../src/ingest/wxr.ts'
import { makeFolder, removeFolder, writeFiles } from '../support/folders.ts'
import '../support/property.ts'

const NO_LIMIT = { lineBytesMax: Number.POSITIVE_INFINITY }
const HEAD = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<!-- <item>kein Eintrag</item> -->',
  '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">',
  '<channel><title>Gartenblog</title><language>de-DE</language>',
  '<wp:author><wp:author_login>anna</wp:author_login><wp:author_display_name><![CDATA[Anna Öhler]]></wp:author_display_name></wp:author>',
  '',
].join('\n')

const item = (title: string, inside: string, status = 'publish'): string =>
  `<item><title>${title}</title><guid>${title}</guid>${inside}<wp:status>${status}</wp:status></item>\n`
const wxr = (...items: readonly string[]): string => `${HEAD}${items.join('')}</channel></rss>\n`
const read = (text: string): ReadResult[] => [...wxrReader.read({ path: 'a.xml', text })]

/** Reads as a disk may: fewer bytes at once than asked for. */
function inCuts(bytes: Uint8Array, cut: number): ByteSource {
  return {
    size: bytes.length,
    stream() {
      const whole = bytesSource(bytes).stream()
      return (target) => whole(target.subarray(0, cut))
    },
  }
}

describe('an export of WordPress', () => {
  it('gives an article an item, with its line, its moment, its author by name and its terms', () => {
    const text = wxr(
      item(
        'Möhren &amp; Lauch',
        '<dc:creator>anna</dc:creator><pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>' +
          '<wp:post_date_gmt>2024-03-04 09:00:00</wp:post_date_gmt>' +
          '<category domain="category"><![CDATA[Gemüse &amp; Kräuter]]></category><category domain="post_format">Zitat</category>' +
          '<content:encoded><![CDATA[Erster Satz.\n\n[gallery ids="1"]\n\n<b>Zweiter</b> Satz.]]></content:encoded>',
      ),
      item('Entwurf', '', 'draft'),
      item('Nur Titel', '<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>'),
    )
    expect(read(text)).toMatchObject([
      {
        line: 6,
        article: {
          ...{
            title: 'Möhren & Lauch',
            text: 'Erster Satz.\n\nZweiter Satz.',
            author: 'Anna Öhler',
            language: 'de-DE',
          },
          ...{ date: '2024-03-04T09:00:00Z', tags: ['Gemüse & Kräuter'], meta: { feed: 'Gartenblog' } },
        },
      },
      { kind: 'unpublished', state: 'draft' },
      { line: 12, article: { title: 'Nur Titel', date: null } },
    ])
  })

  it('takes tags in CDATA for text', () => {
    const text = wxr(
      item('A', '<content:encoded><![CDATA[<p>Man schreibt </item> und &lt;item&gt;.</p>]]></content:encoded>'),
      item('B', ''),
    )
    expect(read(text).map((one) => one.kind === 'article' && one.article.title)).toEqual(['A', 'B'])
  })

  it('may be larger than files may be, and others of its ending may not', () => {
    const folder = makeFolder()
    onTestFinished(() => removeFolder(folder))
    writeFiles(folder, { 'export.xml': wxr(item('A', '')), 'feed.xml': '<rss version="2.0"><channel></channel></rss>' })
    const found = [...walk(folder, { maxFileBytes: 10 })]
    expect(found).toMatchObject([
      { kind: 'file', path: 'export.xml' },
      { kind: 'refusal', path: 'feed.xml', error: { code: 'file_too_large' } },
    ])
    const [file] = found
    if (file?.kind !== 'file') throw new Error('not found')
    const source = new FileSource(file.absolutePath)
    onTestFinished(() => source.close())
    const read = [...readInPieces(source, file.path, file.absolutePath, NO_LIMIT)].filter((one) => one !== null)
    expect(read).toMatchObject([{ article: { title: 'A' } }])
    const drafts = [...readInPieces(source, file.path, '/x/_drafts/export.xml', NO_LIMIT)].filter((one) => one !== null)
    expect(drafts).toMatchObject([{ kind: 'unpublished', state: 'draft' }])
  })

  it('is no export by its name alone', () => {
    expect(wxrReader.recognises?.('<rss version="2.0"><channel></channel></rss>')).toBe(false)
    expect(wxrReader.recognises?.(HEAD)).toBe(true)
  })

  it('has the same articles wherever it is cut', () => {
    const part = fc.constantFrom(
      ...[
        '<item>',
        '</item>',
        '</item ',
        '>',
        '<!--',
        '-->',
        '</channel>',
        '<item',
        '<items>',
        '<![CDATA[',
        ']]>',
        ']',
        'ä€',
        '\n',
        '<title>x</title>',
      ],
      ...[item('A', '<content:encoded><![CDATA[</item>ö]]></content:encoded>'), item('B', '', 'draft')],
    )
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 60 }),
        (parts, cut, pieceBytes) => {
          const text = wxr(...parts)
          const items = exportItems(inCuts(Buffer.from(text), cut), 'a.xml', { ...NO_LIMIT, pieceBytes })
          expect([...items].filter((one) => one !== null)).toEqual(read(text))
        },
      ),
    )
  })

  it('refuses an item that is too large, and reads the others', () => {
    const large = `<content:encoded><![CDATA[${'Wort </item>'.repeat(2000)}\n]]></content:encoded>`
    const text = Buffer.from(wxr(item('A', ''), item('B', large), item('C', '')))
    const got = [...exportItems(bytesSource(text), 'a.xml', { lineBytesMax: 4000, pieceBytes: 1000 })]
    expect(got.filter((one) => one !== null)).toMatchObject([
      { article: { title: 'A' } },
      { kind: 'refusal', line: 7, error: { code: 'line_too_large' } },
      { line: 9, article: { title: 'C' } },
    ])
  })

  /** Titles of articles, lines and codes of refusals, states of what is left out. */
  const shortOf = (text: string): unknown[] =>
    read(text).map((one) => {
      if (one.kind === 'unpublished') return one.state
      return one.kind === 'article' ? one.article.title : `${one.line} ${one.error.code}`
    })
  const [a, b] = [item('A', ''), item('B', '')]
  const open = '<item><title>O</title><wp:status>publish</wp:status>\n'
  const deep = `<content:encoded><![CDATA[${'<div>'.repeat(100_000)}x]]></content:encoded>`
  const deepXml = '<x>'.repeat(3000)

  it.each([
    ['broken off in an item', HEAD + a + open, ['A', 'null feed_broken']],
    ['broken off between items', HEAD + a, ['A', 'null feed_broken']],
    ['broken off in its head', HEAD, ['null feed_broken']],
    ['broken off in an end tag', `${HEAD}${a}${open}</item`, ['A', 'null feed_broken']],
    [
      'CDATA that nothing closes',
      wxr(a, `${open}<content:encoded><![CDATA[x</content:encoded></item>`, '<item></item>'),
      ['A', 'null feed_broken'],
    ],
    ['a comment that nothing closes', wxr(a, '<!-- ', b), ['A', 'null feed_broken']],
    ['white space in end tags', wxr(open, '</item >', open, '</item\n>', b), ['O', 'O', 'B']],
    ['an item without an end before another', wxr(open, a, b), ['6 feed_broken', 'A', 'B']],
    ['an item without an end at the end', wxr(a, open), ['A', '7 feed_broken']],
    ['an item in a comment', wxr(`<!-- ${a} -->`, b, `<!--${a}-->`), ['B']],
    ['an item in a comment of the head', wxr('<!-- ', '<item>', a, ' -->', b), ['B']],
    ['an end tag in a comment', wxr(item('C', '<!-- </item> -->', 'draft'), b), ['draft', 'B']],
    ['an end tag without a start', wxr('</item>', a, '</item>', b), ['A', 'B']],
    ['items with other names', wxr('<items>', '<item/>', a), ['A']],
    ['two exports in one', wxr(a) + wxr(b), ['A', 'B']],
    ['two exports, the second broken off', wxr(a) + HEAD, ['A', 'null feed_broken']],
    ['an end tag behind the channel', `${wxr(a)}</item>`, ['A']],
    ['no items', wxr(), []],
    ['an item nested too deep', wxr(a, item('T', deepXml), b), ['A', '7 nested_too_deep', 'B']],
  ])('%s', (_, text, expected) => {
    expect(shortOf(text)).toEqual(expected)
  })

  it('goes on after a text nested too deep', () => {
    expect(shortOf(wxr(a, item('T', deep), b)).filter((one) => one === 'A' || one === 'B')).toEqual(['A', 'B'])
  })

  it('refuses an item whose CDATA goes on into the next, which would tell its state', () => {
    const first =
      '<item><title>G</title><content:encoded><![CDATA[Geheim</content:encoded><wp:status>draft</wp:status></item>\n'
    const second = item('B', '<content:encoded><![CDATA[x]]></content:encoded>')
    expect(shortOf(wxr(first, second, a))).toEqual(['6 feed_broken', 'A'])
  })

  it('takes nothing out of an item too large, whatever its text holds', () => {
    const large = `<content:encoded><![CDATA[${a.repeat(200)}]]></content:encoded><!--${b.repeat(200)}-->`
    const text = Buffer.from(wxr(item('L', large), a))
    const got = [...exportItems(bytesSource(text), 'a.xml', { lineBytesMax: 4000, pieceBytes: 1000 })]
    expect(got.filter((one) => one !== null)).toMatchObject([
      { kind: 'refusal', error: { code: 'line_too_large' } },
      { article: { title: 'A' } },
    ])
  })
})
