import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseArticle } from '../../src/article/article.ts'
import { NO_STRUCTURE, type Structure } from '../../src/article/structure.ts'
import { FundstelleError } from '../../src/errors.ts'
import { isKnownEnding, readFile } from '../../src/ingest/read-file.ts'
import type { Reader, ReadResult } from '../../src/ingest/reader.ts'
import { readerFor, readers } from '../../src/ingest/readers.ts'
import '../support/property.ts'

/** What each format knows as structure, so that random text gets deep into its reader. */
const pieces: Readonly<Record<string, readonly string[]>> = {
  text: [
    'Titel\n',
    'Details\n',
    'Ort Husum\n',
    'Datum 31.2.2021\n',
    'Berlin - Der',
    '\n\n',
    'Quellen',
    'x'.repeat(130),
  ],
  markdown: [
    '---\n',
    'title: x\n',
    'date: bald\n',
    'draft: true\n',
    'publishDate: 2099-01-01\n',
    'Status: privat\n',
    'build:\n  render: never\n',
    '# ',
    '* ',
    '> ',
    '```\n',
    '<b>',
    '<script>',
    '[a](b)',
    ': [',
    '&x: ',
    '\n\n',
    '{{< a >}}',
    '{% raw %}',
    '{% endraw %}',
    '{{ ',
    '{: .a}',
    '{#a}',
    '!!! note "x"\n    ',
    ':::tip\n',
    '[[a|b]]',
    '<Foo a={',
    '%%',
  ],
  'page source': [
    '---\n',
    'title: x\n',
    'draft: true\n',
    '<p>',
    '</p>',
    '{% if %}',
    '{{ x',
    '<title>{{',
    '<h1>',
    '<!--',
  ],
  'json records': [
    '[',
    ']',
    '{',
    '}',
    ',',
    '"title":"x"',
    '"text":"<p>y"',
    '"content":{"rendered":"z"}',
    '"status":"draft"',
    '"posts":',
    '"@graph":',
    '{"title":"x","text":"y"}',
    '"db":[{"data":',
    '"__proto__":1',
  ],
  dokuwiki: [
    '====== A ======\n',
    '== b ==\n',
    '  * ',
    '| a ^ b |\n',
    '[[a:b|c]]',
    '{{x|y}}',
    '%%',
    '<code>',
    '</code>',
    '~~DRAFT~~',
    '**',
    '//',
    "''",
    '((',
    '))',
    '{{tag>a b}}',
    '\\\\ ',
  ],
  rst: [
    'Titel\n=====\n',
    ':date: 2020-01-01\n',
    ':status: draft\n',
    '.. note:: x\n\n   ',
    '.. code::\n\n   ',
    '.. title: x\n',
    '``',
    '`a <b>`_',
    ':doc:`',
    '**',
    '::\n\n  ',
    '| ',
    '+--+\n',
    '[1]_',
    '|x|',
    '\\ ',
  ],
  asciidoc: [
    '= Titel\n',
    ':page-draft:\n',
    ':keywords: a, b\n',
    'Anna Öhler\n',
    '\n\n',
    '*',
    '|===\n',
    '|a ',
    '----\n',
    'include::x[]\n',
    '== b\n',
    'NOTE: ',
    'ifdef::x[]\n',
    '[',
    ']',
    '{a}',
    '---\n',
  ],
  wxr: [
    '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>',
    '<item>',
    '</item>',
    '<![CDATA[',
    ']]>',
    '<title>x</title>',
    '<wp:status>publish</wp:status>',
    '<wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt>',
    '<category domain="post_tag">',
  ],
  html: [
    '<main>',
    '</main>',
    '<h1>',
    '</h1>',
    '<p class="share">',
    '<table><tr><td>',
    '</td>',
    '<pre>',
    '<br>',
    '<title>',
    '<meta name=date content=x>',
    '<!--TYPO3SEARCH_begin-->',
    '<!--indexer::stop-->',
    '<p data-nosnippet>',
    '<div data-pagefind-body data-pagefind-filter="tag,date[x">',
    '<i data-pagefind-ignore=all data-pagefind-meta="__proto__:1">',
    '<article class=comment>',
    '<h3>Kommentare</h3><ul>',
    '<script type=application/ld+json>[{"@type":"Article","author":[{"@id":1}],"headline":"a\n&b;"}];</script>',
    '<meta name=robots content="noindex, unavailable_after: 2001-01-01">',
    '<meta http-equiv=refresh content="0;url=../x y%.html">',
    '<script type=application/ld+json>{"creativeWorkStatus":',
    '<script>',
    '<!--',
    '&amp;',
    '<body hidden>',
  ],
  jsonl: [
    '{',
    '}',
    '"title":',
    '"x"',
    ',',
    '[',
    ']',
    '\n',
    '{"title":"x","text":"y"}\n',
    '"meta":{"__proto__":1}',
    '{"draft":true,',
    '"status":["draft",null],',
    '"expires":4e9,',
    '1e999',
    'null',
  ],
  csv: [
    'Entwurf',
    'ja',
    'uid',
    'pid',
    'hidden',
    'endtime',
    '1000000000',
    'Titel',
    ';',
    ',',
    '\t',
    '"',
    '""',
    '\n',
    'Text',
    'Datum',
    '4.3.2021',
  ],
  feed: [
    '<rss version="2.0"><channel>',
    '<item>',
    '</item>',
    '<title>',
    '</title>',
    '<guid>',
    '<![CDATA[',
    ']]>',
    '&lt;p&gt;',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<entry>',
    '</entry>',
    '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1',
    '}]}',
    '<pubDate>x</pubDate>',
    '<status>draft</status>',
    '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>',
    '<wp:status>future</wp:status>',
    '<wp:postmeta><wp:meta_key>rank_math_robots</wp:meta_key>',
    ',"draft":true',
  ],
}

function textsFor(reader: Reader): fc.Arbitrary<string> {
  const structure = fc.constantFrom(...(pieces[reader.name] ?? []))
  const any = fc.string({ unit: 'binary', maxLength: 5 })
  return fc.oneof(
    fc.array(fc.oneof(structure, structure, any)).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  )
}

/** Ranges ascend, hold nothing of each other, and are stretches of the text. */
function expectFitting(structure: Structure, text: string): void {
  let before = 0
  for (const range of structure) {
    expect(range.start).toBeGreaterThanOrEqual(before)
    before = range.kind === 'page' ? range.start : range.end
    expect(before).toBeLessThanOrEqual(text.length)
    if (range.kind !== 'page') expect(text.slice(range.start, range.end).trim()).not.toBe('')
  }
}

function expectSound(reading: ReadResult): void {
  if (reading.kind === 'unpublished') {
    if (reading.otherwise !== null) expectSound(reading.otherwise)
    return
  }
  if (reading.kind !== 'article') {
    expect(reading.error).toBeInstanceOf(FundstelleError)
    return
  }
  const { structure = NO_STRUCTURE, ...article } = reading.article
  expect(parseArticle(JSON.parse(JSON.stringify(article)), 'x')).toEqual(article)
  expectFitting(structure, article.text)
  expect(article.title).toBe(article.title.trim())
  expect(article.title).not.toMatch(/[\n\t]/)
  for (const text of [article.id, article.title, article.text, ...article.tags]) {
    expect(text.isWellFormed()).toBe(true)
    expect(text.normalize('NFC')).toBe(text)
  }
  expect(reading.line).toBeGreaterThan(0)
}

describe.each(readers.map((reader) => [reader.name, reader] as const))('the reader of %s', (_, reader) => {
  const path = `ordner/datei${reader.extensions[0]}`

  it('never throws, and gives only sound articles', () => {
    fc.assert(
      fc.property(textsFor(reader), (text) => {
        for (const reading of reader.read({ path, text })) expectSound(reading)
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same for NFC and NFD', () => {
    const words = textsFor(reader).map((text) => `${text} über Ölgemälde`)
    fc.assert(
      fc.property(words, (text) => {
        const composed = readFile(Buffer.from(text.toWellFormed().normalize('NFC')), path)
        const decomposed = readFile(Buffer.from(text.toWellFormed().normalize('NFD')), path)
        expect(articlesOf(decomposed)).toEqual(articlesOf(composed))
      }),
    )
  })
})

function articlesOf(result: ReturnType<typeof readFile>): unknown {
  if (result.kind === 'skipped') return 'skipped'
  return [...result.readings].map((reading) => {
    if (reading.kind === 'article') return reading.article
    return reading.kind === 'unpublished' ? { ...reading, otherwise: reading.otherwise?.kind } : reading.error.code
  })
}

describe('readFile', () => {
  it('takes any bytes under any known ending', () => {
    const endings = fc.constantFrom(...readers.flatMap(({ extensions }) => extensions))
    fc.assert(
      fc.property(fc.uint8Array(), endings, (bytes, ending) => {
        const result = readFile(bytes, `x${ending}`)
        if (result.kind === 'read') for (const reading of result.readings) expectSound(reading)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['tief.html', `${'<div>'.repeat(50_000)}Text`],
    ['tabelle.html', `${'<table><tr><td>'.repeat(5000)}Text`],
    ['tief.md', `${'> '.repeat(2000)}Text`],
    ['klammern.md', `${'['.repeat(20_000)}Text`],
    ['kopf.md', `---\na: ${'['.repeat(50_000)}\n---\n`],
    ['tief.jsonl', '['.repeat(100_000)],
    ['tief.xml', `<rss version="2.0"><channel><item>${'<a>'.repeat(20_000)}</item></channel></rss>`],
    [
      'entwuerfe.xml',
      `<rss version="2.0"><channel><item/>${'<item><title>x</title><draft>1</draft></item>'.repeat(20_000)}</channel></rss>`,
    ],
    [
      'entwuerfe.json',
      `{"version":"https://jsonfeed.org/version/1.1","items":[{}${',{"id":1,"draft":1}'.repeat(50_000)}]}`,
    ],
    ['zeichen.csv', `Titel,Text\n${'"x\n'.repeat(50_000)}`],
    ['leerzeichen.md', `a${' '.repeat(500_000)}b`],
    ['leerzeichen.html', `<p>${'<b> </b>'.repeat(50_000)}x`],
  ])('survives %s', (path, text) => {
    const result = readFile(Buffer.from(text), path)
    expect(result.kind).toBe('read')
    if (result.kind === 'read') for (const reading of result.readings) expectSound(reading)
  })

  it('gives ids in NFC and takes a date from the path only where a file is one article', () => {
    const ids = (path: string, text: string) =>
      articlesOf(readFile(Buffer.from(text), path)) as { id: string; date: string | null }[]
    expect(ids('2021-03-04-u\u0308ber.txt', 'x')[0]).toMatchObject({ id: '2021-03-04-über.txt', date: '2021-03-04' })
    expect(ids('2021-03-04-x.csv', 'Titel\nx')[0]?.date).toBeNull()
  })
})

describe('an address', () => {
  const addressOf = (path: string, text: string) =>
    (articlesOf(readFile(Buffer.from(text), path)) as { url: unknown }[])[0]?.url
  const wrong = [
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:x',
    'data:text/html,x',
    'vbscript:x',
    '\u0001javascript:x',
    'java\tscript:x',
  ]

  it.each(wrong)('is never %j', (url) => {
    expect(addressOf('a.jsonl', JSON.stringify({ title: 'x', url }))).toBeNull()
    expect(addressOf('a.md', `---\nurl: ${JSON.stringify(url)}\n---\nx`)).toBeNull()
    expect(addressOf('a.csv', `Titel,Link\nx,"${url}"`)).toBeNull()
    expect(
      addressOf('a.html', `<link rel="canonical" href="${url}"><meta property="og:url" content="${url}"><p>x`),
    ).toBeNull()
    const item = url.startsWith('\u0001') ? '' : `<item><title>x</title><link>${url}</link></item>`
    if (item !== '') expect(addressOf('a.rss', `<rss version="2.0"><channel>${item}</channel></rss>`)).toBeNull()
    const json = { version: 'https://jsonfeed.org/version/1.1', title: 'x', items: [{ id: '1', title: 'x', url }] }
    expect(addressOf('a.json', JSON.stringify(json))).toBeNull()
  })

  it.each(['https://example.org/a?b=c:d', '/pfad/seite', 'seite.html', '//example.org/x'])('may be %j', (url) => {
    expect(addressOf('a.jsonl', JSON.stringify({ title: 'x', url }))).toBe(url)
  })
})

describe('endings', () => {
  it.each([
    ['a.txt', true],
    ['A.TXT', true],
    ['ordner.txt/datei', false],
    ['ordner/.md', false],
    ['a.pdf', true],
    ['a.xls', false],
    ['txt', false],
    ['a.b.md', true],
  ])('%s is known: %s', (path, known) => {
    expect(isKnownEnding(path)).toBe(known)
  })

  it('finds no reader for XML and JSON that is no feed', () => {
    const skipped = readFile(Buffer.from('{"a": 1}'), 'einstellungen.json')
    expect(skipped.kind === 'skipped' && skipped.warning?.detail('de')).toContain('.jsonl')
    expect(readFile(Buffer.from('x'), 'a.xls')).toEqual({ kind: 'skipped', warning: null })
    expect(readerFor('a.xml', '<svg/>')).toBeNull()
    expect(readerFor('a.json', '[]')).toBeNull()
    expect(readerFor('a.xml', '<?xml version="1.0"?>\n<!-- c --><rss version="2.0">')?.name).toBe('feed')
  })
})
