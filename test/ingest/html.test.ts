import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { htmlToText } from '../../src/ingest/html-text.ts'
import { readFile } from '../../src/ingest/read-file.ts'
import type { ReadResult } from '../../src/ingest/reader.ts'
import '../support/property.ts'

function readingsOf(html: string): ReadResult[] {
  const result = readFile(Buffer.from(html), 'seite.html')
  if (result.kind === 'skipped') throw new Error('skipped')
  return [...result.readings]
}

function page(html: string): Article {
  const [reading] = readingsOf(html)
  if (reading?.kind !== 'article') throw new Error('refused')
  return reading.article
}

describe('htmlToText', () => {
  it.each([
    ['', ''],
    ['nur Text', 'nur Text'],
    ['<p>Eins</p>\n<p>Zwei <b>fett</b>\n weiter</p>', 'Eins\n\nZwei fett weiter'],
    ['a<br>b<br><br>c', 'a\nb\n\nc'],
    ['F&uuml;nf&nbsp;&euro; &lt;b&gt; 1 < 2', 'Fünf\u00a0€ <b> 1 < 2'],
    ['Wort<wbr>teil, Be<i>ton</i>ung', 'Wortteil, Betonung'],
    ['<ul><li>a<li>b</ul>', 'a\n\nb'],
    ['<table><tr><td>a</td><td>b<br>c</td></tr><tr><td>d</td></tr></table>', 'a b\nc\n\nd'],
    ['<table><tr><td><h2>a</h2><p>b</p></td></tr></table>', 'a\n\nb'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['<script>x</script><style>x</style><template>x</template><!-- x -->y<noscript>x</noscript>', 'y'],
    ['<p style="display: none">x</p><p aria-hidden="true">x</p>y', 'y'],
    ['Krieg<sup><a href="#fn1">1</a></sup>. Krieg<a href="#fn2"><sup>2</sup></a>.', 'Krieg. Krieg.'],
    ['Krieg<sup><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup>.', 'Krieg.'],
    ['<li>Quelle <a href="#ref1" role="doc-backlink">↩︎</a></li>', 'Quelle'],
    ['<h2>Anfahrt<a href="#anfahrt">¶</a></h2><p>Text <a href="#oben">nach oben ↑</a>', 'Anfahrt\n\nText nach oben ↑'],
    ['18 m<sup>2</sup>, <a href="#abschnitt-2">2</a>, <a href="https://example.org/">→</a>', '18 m2, 2, →'],
    ['<p>offen <b>und <i>verschachtelt', 'offen und verschachtelt'],
  ])('%j', (html, text) => {
    expect(htmlToText(html)).toBe(text)
  })

  it('never throws, and loses no word of plain text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof htmlToText(text) === 'string'))
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zäöüß]+$/)), (words) => {
        expect(htmlToText(`<div>${words.join(' ')}</div>`)).toBe(words.join(' '))
      }),
    )
  })
})

describe('pages that nest as no page does', () => {
  it('are refused with the depth that is allowed', () => {
    const [reading] = readingsOf('<div>'.repeat(2001))
    expect(reading).toMatchObject({ kind: 'refusal', error: { code: 'nested_too_deep' } })
    expect(readingsOf(`${'<div>'.repeat(1990)}Text`)).toMatchObject([{ article: { text: 'Text' } }])
  })

  it.each([
    ['articles in articles', '<div><article>'.repeat(900) + '<article>x</article>'.repeat(100_000)],
    ['headings far down', '<div>'.repeat(1900) + '<h1>x</h1>'.repeat(100_000)],
    ['drawings with titles', '<svg><title>'.repeat(900) + '<svg><title>x</title></svg>'.repeat(100_000)],
    ['authors without a name', '<object><a rel="author">'.repeat(900) + '<a rel="author"></a>'.repeat(100_000)],
  ])('take linear time below that: %s', (_, html) => {
    // Going up or down from each of them would be hundreds of millions of steps
    expect(readingsOf(html)).toHaveLength(1)
  })
})

describe('the main content', () => {
  it.each<[string, string, Partial<Article>]>([
    [
      'article, where there is no main',
      '<nav>Start</nav><article><h1>T</h1><p>Text</p></article><p>Rest</p>',
      { title: 'T', text: 'Text' },
    ],
    ['role=main', '<p>davor</p><div role="main"><p>Text</p></div>', { text: 'Text' }],
    [
      'body, where teasers are articles',
      '<article>eins</article><article>zwei</article><article>drei</article>',
      { text: 'eins\n\nzwei\n\ndrei' },
    ],
    ['what has words, where main has none', '<main></main><article><p>Text</p></article>', { text: 'Text' }],
    [
      'a page inside of one form',
      '<form><h1>T</h1><p>Der Text der Seite</p></form>',
      { title: 'T', text: 'Der Text der Seite' },
    ],
    [
      'a page in a box called sidebar',
      '<div class="sidebar"><h1>T</h1><p>Der Text</p></div><p>x</p>',
      { title: 'T', text: 'Der Text\n\nx' },
    ],
    [
      'a box whose class is a topic',
      '<main><p>a</p><div class="post tag-cookies"><p>b</p></div></main>',
      { text: 'a\n\nb' },
    ],
    [
      'nothing hidden or around',
      '<main><p>Text, der länger ist</p><div class="newsletterBox">N</div><div id="Breadcrumb">B</div><ul class="social-links"><li>S</ul><div class="nav"><a href="/">N</a></div><dialog>D</dialog><div role="navigation">N</div></main>',
      { text: 'Text, der länger ist' },
    ],
    [
      'boxes that only sound like something around it',
      '<main><p>Vorab</p><div class="social"><p>Soziales</p></div><div class="mittagsmenue"><p>Linsen</p></div><ul class="menu"><li>Suppe</ul><div class="banner"><p>Vorspann</p></div></main>',
      { text: 'Vorab\n\nSoziales\n\nLinsen\n\nSuppe\n\nVorspann' },
    ],
    [
      'an aside and a footer with words in the article, not one of links nor one beside it',
      '<article><p>Text</p><aside><p>Hintergrund</p></aside><aside>Mehr: <a href="/">Anderes</a></aside><div class="footer">Quelle</div></article><aside>daneben</aside>',
      { text: 'Text\n\nHintergrund\n\nQuelle' },
    ],
    [
      'a form that holds prose, not one of fields',
      `<main><p>Der Text</p><form><p>${'Wer mitmacht, liest weiter. '.repeat(10)}</p></form><form><p>Abonnieren!</p><label>Adresse <input></label></form></main>`,
      { text: `Der Text\n\n${'Wer mitmacht, liest weiter. '.repeat(10).trim()}` },
    ],
    [
      'headings one can unfold, and what waits below them to be found',
      '<main><h1><button>T</button></h1><h2><button>Wann?</button></h2><p hidden="until-found">Heute</p><p hidden>x</p><button>Mehr</button></main>',
      { title: 'T', text: 'Wann?\n\nHeute' },
    ],
    [
      'no title of a drawing',
      '<svg><title>Logo</title></svg><title>T</title><main><h1><svg><title>Logo</title></svg></h1><p>x</p></main>',
      { title: 'T', text: 'x' },
    ],
    ['what there is, where everything is around it', '<nav>Start</nav>', { text: 'Start' }],
    [
      'the header of an article, not that of the page',
      '<header>Seite</header><article><header><h1>T</h1><p>Vorspann</p></header><footer>Autor</footer></article>',
      { title: 'T', text: 'Vorspann\n\nAutor' },
    ],
    [
      'the second h1, where a logo is the first',
      '<main><h1><img alt="Logo"></h1><h1>T</h1><p>x</p></main>',
      { title: 'T', text: 'x' },
    ],
    [
      'title, where there is neither h1 nor og:title',
      '<title> T –\n Seite </title><p>x</p>',
      { title: 'T – Seite', text: 'x' },
    ],
  ])('%s', (_, html, expected) => {
    expect(page(html)).toMatchObject(expected)
  })

  it('is found where the end of the head is left out', () => {
    expect(page('<html><head><title>T</title><body><p>Text</p><nav>N</nav>')).toMatchObject({
      title: 'T',
      text: 'Text',
    })
  })

  it.each([
    ['<svg><title>Logo</title></svg><title>Seite</title>', 'Seite'],
    ['<title>Seite</title><body><h1><svg><title>Logo</title></svg></h1>', 'Seite'],
    ['<body><h1><svg><title>Logo</title></svg>Kopf</h1>', 'Kopf'],
    ['<math><title>Formel</title></math><template><title>Vorlage</title></template>', 'seite'],
  ])('takes no title of a drawing: %s', (html, title) => {
    expect(page(`${html}<p>Text`)).toMatchObject({ title, text: 'Text' })
  })

  it('takes only addresses of the web, and names that are none', () => {
    const head = '<link rel="canonical" href="/x"><meta property="og:url" content="https://example.org/x">'
    const author = '<meta property="article:author" content="https://example.org/a"><a rel="author" href="/a">Änne</a>'
    expect(page(`${head}${author}<p>x</p>`)).toMatchObject({ url: 'https://example.org/x', author: 'Änne' })
  })

  it('keeps a date it cannot read', () => {
    expect(page('<meta name="date" content="neulich"><p>x</p>')).toMatchObject({
      date: null,
      meta: { date: 'neulich' },
    })
  })
})
