import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noSnippetsOf, type Structure } from '../../src/article/structure.ts'
import { asciidocReader } from '../../src/ingest/asciidoc.ts'
import { type Block, structuredText } from '../../src/ingest/blocks.ts'
import { cleanText, paragraphs } from '../../src/ingest/clean.ts'
import { dokuwikiReader } from '../../src/ingest/dokuwiki.ts'
import { htmlReader } from '../../src/ingest/html.ts'
import { jsonRecordsReader } from '../../src/ingest/json-records.ts'
import { markdownReader } from '../../src/ingest/markdown.ts'
import type { Reader } from '../../src/ingest/reader.ts'
import { rstReader } from '../../src/ingest/rst.ts'
import { wxrReader } from '../../src/ingest/wxr.ts'
import { hasNoSnippets, packStructure, unpackStructure } from '../../src/store/packed-structure.ts'
import '../support/property.ts'

/** What stands where in an article, each range with its words in place of its offsets. */
function told(reader: Reader, path: string, source: string): unknown[] {
  const [reading] = reader.read({ path, text: source })
  if (reading?.kind !== 'article') throw new Error(`no article: ${JSON.stringify(reading)}`)
  const { text, structure = [] } = reading.article
  return structure.map((range) => {
    if (range.kind === 'page') return range
    const { start, end, ...rest } = range
    if (rest.kind !== 'row') return { words: text.slice(start, end), ...rest }
    const borders = [start, ...rest.cells, end]
    return { kind: 'row', cells: borders.slice(1).map((border, i) => text.slice(borders[i], border).trim()) }
  })
}

const PAGE = `<main><h1>Satzung</h1><p>Vorwort</p>
<h2 id="beitrag">Der Beitrag</h2><ul><li>für Kinder<p>ab sechs</p><ol><li>Geschwister</li></ol></li><li><b>für</b> Alte</li></ul>
<section id="wahl"><h3>Wahl des <em>Vorstands</em></h3><table><tr><th>Amt</th><th></th><th>Jahre</th></tr><tr><td>Kasse</td><td>2</td></tr></table></section>
<h2><a name="ende"></a>Ende</h2><pre>ja  nein
  vielleicht</pre></main>`

const MARKDOWN = `# Satzung

Vorwort

## Der Beitrag

- für Kinder

  ab sechs

  1. Geschwister
- für *Alte*

| Amt | | Jahre |
|---|---|---|
| Kasse | 2 | |

### Ende

    ja  nein
`

const ASCIIDOC = `= Satzung

Vorwort

[[beitrag]]
== Der Beitrag

* für Kinder
. Geschwister

|===
|Kasse |2
|===

----
ja  nein
----
`

const RST = `Satzung
=======

Vorwort

Der Beitrag
-----------

- für Kinder

1. Geschwister

Ende
~~~~

::

   ja  nein

Anhang
------

Text
`

const DOKUWIKI = `====== Satzung ======
Vorwort
===== Der Beitrag =====
  * für **Kinder**
    - Geschwister
^ Amt ^ ^ Jahre ^
| [[kasse|Die Kasse]] | 2 | |
==== Ende ====
<code>
ja  nein
</code>
`

const POST =
  '<!-- wp:heading --><h2>Der Beitrag</h2><!-- /wp:heading -->[caption id="1"]<p>Vorwort</p>[/caption]<ul><li>für Kinder</li></ul><p>Der Beitrag Satzung erschien zuerst auf Verein.</p>'
const POST_STRUCTURE = [
  { kind: 'heading', words: 'Der Beitrag', level: 2 },
  { kind: 'item', words: 'für Kinder', depth: 1, isOrdered: false },
]

describe('the structure of an article', () => {
  it('is that of AsciiDoc', () => {
    expect(told(asciidocReader, 'a.adoc', ASCIIDOC)).toEqual([
      { kind: 'heading', words: 'Der Beitrag', level: 2, anchor: 'beitrag' },
      { kind: 'item', words: 'für Kinder', depth: 1, isOrdered: false },
      { kind: 'item', words: 'Geschwister', depth: 2, isOrdered: true },
      { kind: 'row', cells: ['Kasse', '2'] },
      { kind: 'code', words: 'ja  nein' },
    ])
  })

  it('is that of reStructuredText, whose levels are in the order of their styles', () => {
    expect(told(rstReader, 'a.rst', RST)).toEqual([
      { kind: 'heading', words: 'Der Beitrag', level: 2 },
      { kind: 'item', words: 'für Kinder', depth: 1, isOrdered: false },
      { kind: 'item', words: 'Geschwister', depth: 1, isOrdered: true },
      { kind: 'heading', words: 'Ende', level: 3 },
      { kind: 'code', words: 'ja  nein' },
      { kind: 'heading', words: 'Anhang', level: 2 },
    ])
  })

  it('is that of DokuWiki', () => {
    expect(told(dokuwikiReader, 'a.txt', DOKUWIKI)).toEqual([
      { kind: 'heading', words: 'Der Beitrag', level: 2 },
      { kind: 'item', words: 'für Kinder', depth: 1, isOrdered: false },
      { kind: 'item', words: 'Geschwister', depth: 2, isOrdered: true },
      { kind: 'row', cells: ['Amt', '', 'Jahre'] },
      { kind: 'row', cells: ['Die Kasse', '2', ''] },
      { kind: 'heading', words: 'Ende', level: 3 },
      { kind: 'code', words: 'ja  nein' },
    ])
  })

  it('is that of the HTML in exports, without what WordPress adds', () => {
    const rss = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>V</title><item><title>Satzung</title><wp:status>publish</wp:status><content:encoded><![CDATA[${POST}]]></content:encoded></item></channel></rss>`
    expect(told(wxrReader, 'a.xml', rss)).toEqual(POST_STRUCTURE)
    const rest = [{ id: 1, title: { rendered: 'Satzung' }, content: { rendered: POST } }]
    expect(told(jsonRecordsReader, 'a.json', JSON.stringify(rest))).toEqual(POST_STRUCTURE)
    const records = [{ titel: 'Satzung', inhalt: POST }]
    expect(told(jsonRecordsReader, 'a.json', JSON.stringify(records))).toEqual(POST_STRUCTURE)
  })

  it('is that of an HTML page, with the names that lead to its headings', () => {
    expect(told(htmlReader, 'a.html', PAGE)).toEqual([
      { kind: 'heading', words: 'Der Beitrag', level: 2, anchor: 'beitrag' },
      { kind: 'item', words: 'für Kinder', depth: 1, isOrdered: false },
      { kind: 'item', words: 'Geschwister', depth: 2, isOrdered: true },
      { kind: 'item', words: 'für Alte', depth: 1, isOrdered: false },
      { kind: 'heading', words: 'Wahl des Vorstands', level: 3, anchor: 'wahl' },
      { kind: 'row', cells: ['Amt', '', 'Jahre'] },
      { kind: 'row', cells: ['Kasse', '2'] },
      { kind: 'heading', words: 'Ende', level: 2, anchor: 'ende' },
      { kind: 'code', words: 'ja  nein\n  vielleicht' },
    ])
  })

  it('tells what no snippet shows: blocks in which something is marked', () => {
    const page = `<body><h1>Preise</h1><p>Offen</p><div data-nosnippet><h2>Innen</h2><p>Zwei</p></div><p>Drei <span data-nosnippet>Euro</span> heute</p>
<p>Frei</p><table><tr><td>Tag</td><td data-nosnippet>7</td></tr><tr><td>Nacht</td><td>9</td></tr></table><p data-nosnippet> </p><p>Ende</p>`
    expect(told(htmlReader, 'a.html', page).filter((range) => (range as { kind: string }).kind !== 'row')).toEqual([
      { kind: 'nosnippet', words: 'Innen\n\nZwei\n\nDrei Euro heute' },
      { kind: 'heading', words: 'Innen', level: 2 },
      { kind: 'nosnippet', words: 'Tag 7' },
    ])
    for (const around of [
      '<main data-nosnippet><p>Alles</p></main>',
      '<div data-nosnippet><main><p>Alles</p></main></div>',
      '<main data-pagefind-body data-nosnippet><p>Alles</p></main>',
    ])
      expect(told(htmlReader, 'a.html', around)).toEqual([{ kind: 'nosnippet', words: 'Alles' }])
  })

  it('is that of Markdown', () => {
    expect(told(markdownReader, 'a.md', MARKDOWN)).toEqual([
      { kind: 'heading', words: 'Der Beitrag', level: 2 },
      { kind: 'item', words: 'für Kinder', depth: 1, isOrdered: false },
      { kind: 'item', words: 'Geschwister', depth: 2, isOrdered: true },
      { kind: 'item', words: 'für Alte', depth: 1, isOrdered: false },
      { kind: 'row', cells: ['Amt', '', 'Jahre'] },
      { kind: 'row', cells: ['Kasse', '2', ''] },
      { kind: 'heading', words: 'Ende', level: 3 },
      { kind: 'code', words: 'ja  nein' },
    ])
  })

  it('is that of what is held back, too', () => {
    const [reading] = markdownReader.read({ path: 'a.md', text: '---\ndraft: true\ntitle: A\n---\nb\n\n## c\n\nd' })
    const range = { kind: 'heading', start: 3, end: 4, level: 2 }
    expect(reading).toMatchObject({
      kind: 'unpublished',
      otherwise: { article: { text: 'b\n\nc\n\nd', structure: [range] } },
    })
  })
})

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\r', '\n', '\0', '\t', '\ud800', '\udc00', '\u0308', 'u', ' '),
    fc.string({ maxLength: 2 }),
  ),
})

const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('paragraph', 'code'), text: anyText }),
  fc.record({ kind: fc.constant('item'), text: anyText, depth: fc.nat(9), isOrdered: fc.boolean() }),
  fc.record({ kind: fc.constant('heading'), text: anyText, level: fc.integer({ min: 1, max: 6 }), anchor: anyText }),
  fc
    .array(anyText.map((text) => paragraphs([cleanText(text)])))
    .map((cells) => ({ kind: 'row', cells, text: cells.filter((cell) => cell !== '').join(' ') })),
) as fc.Arbitrary<Block>

describe('blocks of any text', () => {
  it('become the clean text of all of them, and ranges that are theirs', () => {
    fc.assert(
      fc.property(fc.array(anyBlock), (blocks) => {
        const { text, structure } = structuredText(blocks)
        expect(text).toBe(paragraphs([cleanText(blocks.map((block) => block.text).join('\n\n'))]))
        expect(cleanText(text)).toBe(text)
        const left = blocks
          .filter((block) => block.kind !== 'paragraph')
          .map((block) => paragraphs([cleanText(block.text)]))
        const words = structure.map((range) => (range.kind === 'page' ? '' : text.slice(range.start, range.end)))
        expect(words).toEqual(left.filter((part) => part !== ''))
        let before = 0
        for (const range of structure) {
          expect(range.start).toBeGreaterThanOrEqual(before)
          if (range.kind === 'row') expect([...range.cells].sort((a, b) => a - b)).toEqual(range.cells)
          before = range.kind === 'page' ? range.start : range.end
        }
      }),
    )
  })

  it('tell what no snippet shows, whatever else they are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyBlock, fc.boolean())), (given) => {
        const { text, structure } = structuredText(given.map(([block, isNoSnippet]) => ({ ...block, isNoSnippet })))
        const plain = structuredText(given.map(([block]) => block))
        expect(text).toBe(plain.text)
        const hidden = noSnippetsOf(structure)
        expect(structure.filter(({ kind }) => kind !== 'nosnippet')).toEqual(plain.structure)
        let start = 0
        for (const [block, isNoSnippet] of given) {
          const { length } = paragraphs([cleanText(block.text)])
          if (length === 0) continue
          const end = start + length
          expect(hidden.some((range) => range.start <= start && range.end >= end)).toBe(isNoSnippet)
          expect(hidden.some((range) => range.start < end && range.end > start)).toBe(isNoSnippet)
          start = end + 2
        }
        expect(unpackStructure(packStructure(structure))).toEqual(structure)
        expect(hasNoSnippets(packStructure(structure))).toBe(hidden.length > 0)
      }),
    )
  })

  it('leave out what they could not tell of', () => {
    const blocks = Array.from({ length: 20_001 }, (_, i): Block => ({ kind: 'code', text: `a${i}` }))
    const { text, structure } = structuredText([...blocks, { kind: 'paragraph', text: 'geheim', isNoSnippet: true }])
    expect(structure).toHaveLength(20_000)
    expect(text).not.toContain('geheim')
  })

  it('keep their structure in the store', () => {
    fc.assert(
      fc.property(fc.array(anyBlock), fc.nat(9), (blocks, number) => {
        const pages: Structure = [{ kind: 'page', start: 0, number }]
        const structure = [...pages, ...structuredText(blocks).structure]
        expect(unpackStructure(packStructure(structure))).toEqual(structure)
      }),
    )
  })
})
