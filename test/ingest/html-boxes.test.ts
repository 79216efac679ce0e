import { describe, expect, it } from 'vitest'
import { readFile } from '../../src/ingest/read-file.ts'

/** Enough sentences to be the text of a page. */
const TEXT = 'Der Rat hat am Abend lange über den neuen Radweg am Fluss beraten und ihn dann beschlossen. '
  .repeat(8)
  .trim()
const PARAGRAPH = `<p>${TEXT}</p>`

function textOf(html: string): string {
  const result = readFile(Buffer.from(html), 'seite.html')
  const [reading] = result.kind === 'read' ? [...result.readings] : []
  if (reading?.kind !== 'article') throw new Error('no article')
  return reading.article.text
}

describe('what stands beside a text', () => {
  it.each([
    ['who to call', `<div><p>Ansprechen</p><p>Anke Muster</p><p>0123 456</p></div><div>${PARAGRAPH}</div>`],
    [
      'a list of dates in a column',
      `<div><div>${PARAGRAPH}</div></div><section><h2>Kommendes</h2>Fest am See</section>`,
    ],
    [
      'what is in the cells around it',
      `<table><tr><td>Start</td><td>${PARAGRAPH}</td><td>Besucher: 5</td></tr></table>`,
    ],
  ])('is left out where it has no sentence: %s', (_, html) => {
    expect(textOf(html)).toBe(TEXT)
  })

  it.each([
    ['a sentence', `<div><p>${TEXT.slice(0, 91)}</p></div><div>${PARAGRAPH}</div>`, TEXT.slice(0, 91)],
    ['a list', `<ul><li>200 g Mehl</li></ul><div>${PARAGRAPH}</div>`, '200 g Mehl'],
    ['a table', `<div>${PARAGRAPH}</div><table><tr><td>Mo</td><td>8 bis 12</td></tr></table>`, 'Mo 8 bis 12'],
    ['a line that is no box', `<p>Ein Vorspann</p><div>${PARAGRAPH}</div>`, 'Ein Vorspann'],
  ])('stays where it has %s', (_, html, kept) => {
    expect(textOf(html)).toContain(kept)
    expect(textOf(html)).toContain(TEXT)
  })

  it('stays where no box holds the text', () => {
    expect(textOf('<div>Öffnungszeiten</div><div>Montags von acht bis zwölf Uhr</div>')).toContain('Öffnungszeiten')
    expect(textOf(`<div>Eins</div><div>${PARAGRAPH}</div><div>${PARAGRAPH}</div>`)).toContain('Eins')
  })
})

describe('a heading', () => {
  const links = '<ul><li><a href="/a">Ein anderer Artikel</a></li><li><a href="/b">Noch ein anderer</a></li></ul>'

  it.each([
    ['at the end', `<main>${PARAGRAPH}<h2>Rund ums Rad</h2>${links}</main>`],
    ['before the next one', `<main><h3>Rund ums Rad</h3>${links}<h2>Beschluss</h2>${PARAGRAPH}</main>`],
  ])('goes with all that stands below it: %s', (_, html) => {
    expect(textOf(html)).not.toContain('Rund ums Rad')
    expect(textOf(html)).toContain(TEXT)
  })

  it.each([
    ['something is left', `<main>${PARAGRAPH}<h2>Rund ums Rad</h2>${links}<p>Wir fahren.</p></main>`],
    ['one of lower rank follows', `<main><h2>Rund ums Rad</h2>${links}<h3>Beschluss</h3>${PARAGRAPH}</main>`],
    [
      'it is the second line of the title',
      `<main><div><h1>T</h1><h2>Rund ums Rad</h2>${links}</div>${PARAGRAPH}</main>`,
    ],
  ])('stays where %s', (_, html) => {
    expect(textOf(html)).toContain('Rund ums Rad')
  })
})

describe('what stands above a text', () => {
  const sentence = 'Nach einem Jahr der Planung ist es so weit: Am Fluss wird gebaut, und alle dürfen mitreden.'

  it.each([
    ['main', `<div class="hero"><h1>T</h1><p>${sentence}</p></div><main>${PARAGRAPH}</main>`],
    ['an article', `<section><div><p>${sentence}</p><h1>T</h1></div><article>${PARAGRAPH}</article></section>`],
  ])('is its lead where the title stands there: before %s', (_, html) => {
    expect(textOf(html)).toBe(`${sentence}\n\n${TEXT}`)
  })

  it.each([
    ['without the title', `<h1>T</h1><div><p>${sentence}</p></div><main>${PARAGRAPH}</main>`],
    ['without a sentence', `<div><h1>T</h1><p>Stadtrat</p></div><main>${PARAGRAPH}</main>`],
    ['behind it', `<main>${PARAGRAPH}</main><div><h1>T</h1><p>${sentence}</p></div>`],
  ])('is none %s', (_, html) => {
    expect(textOf(html)).toBe(TEXT)
  })

  it('brings nothing else with it', () => {
    const html = `<div class="hero"><h1>T</h1><p>${sentence}</p></div><div>Dazwischen</div><main>${PARAGRAPH}</main>`
    expect(textOf(html)).toBe(`${sentence}\n\n${TEXT}`)
  })
})

describe('a line that only dates or files a text', () => {
  it.each([
    '<p>Veröffentlicht am 23.10.2018</p>',
    '<p><time>Donnerstag, 31. Mai 2012, 14:30 Uhr</time></p>',
    '<time>Publiziert: 03.04.2020, 12:35</time>',
    '<p>Stand: 5. Mai 2021 | Aktualisiert am 06.05.2021</p>',
    '<span>Lesezeit: 5 Minuten</span>',
    '<p>Veröffentlicht in Verkehr, Umwelt</p>',
  ])('is left out: %s', (line) => {
    expect(textOf(`<main>${line}${PARAGRAPH}</main>`)).toBe(TEXT)
  })

  it.each([
    ['<h3>9. November 1989</h3>', '9. November 1989'],
    ['<p>Samstag, 12. Mai 2024, 20 Uhr</p>', '12. Mai 2024'],
    ['<p>12.05.2024</p>', '12.05.2024'],
    ['<dl><dt>9. November 1989</dt><dd>Es fällt die Mauer.</dd></dl>', '9. November 1989'],
    ['<p>Am 9. November 1989 fällt die Mauer.</p>', 'Am 9. November 1989'],
    [`<header>Veröffentlicht in Verkehr <p>${TEXT.slice(0, 91)}</p></header>`, TEXT.slice(0, 91)],
  ])('is none: %s', (line, kept) => {
    expect(textOf(`<main>${line}${PARAGRAPH.replaceAll('Radweg', 'Weg')}</main>`)).toContain(kept)
  })
})

describe('what a box is called', () => {
  it.each([
    'img_description',
    'image-subtitle',
    'media-credits',
    'BildUnterschrift',
    'sociable',
    'author-box authorbox',
  ])('tells that it is no text: %s', (name) => {
    expect(textOf(`<main>${PARAGRAPH}<div class="${name}"><p>Am Fluss</p></div></main>`)).toBe(TEXT)
  })

  it.each(['full commentary article', 'commentator'])('does not make an opinion what readers wrote: %s', (name) => {
    expect(textOf(`<main><div class="${name}"><h1>T</h1>${PARAGRAPH}</div><p>${TEXT}</p></main>`)).toBe(
      `${TEXT}\n\n${TEXT}`,
    )
  })
})

describe('teasers', () => {
  const teaser = (href: string) =>
    `<li><h3><a href="${href}">Ein Radweg am Berg</a></h3><p>Auch dort wird gebaut, und zwar von den Leuten selbst.</p></li>`
  const linked =
    '<div><a href="/berg"><span>Verkehr</span><h4>Ein Radweg am Berg</h4></a><p>Auch dort wird gebaut.</p></div>'

  it.each([
    ['whose headings are links', `<ul>${teaser('/berg')}${teaser('/wald')}</ul>`],
    ['whose headings stand in links', `<section><h2>Anderswo</h2>${linked}${linked}</section>`],
  ])('are left out: %s', (_, teasers) => {
    expect(textOf(`<main>${PARAGRAPH}${teasers}</main>`)).toBe(TEXT)
  })

  it.each([
    ['there is one of them', `<ul>${teaser('/berg')}</ul>`],
    ['the links lead to places of the page', `<ul>${teaser('#berg')}${teaser('/seite#wald')}</ul>`],
    ['they are what the page is made of', `<ul>${teaser('/berg').repeat(20)}</ul>`],
  ])('stay where %s', (_, teasers) => {
    expect(textOf(`<main>${PARAGRAPH}${teasers}</main>`)).toContain('von den Leuten selbst')
  })
})

describe('a box that stands for a video or post of another site', () => {
  it.each([
    '<div class="third-party-services--placeholder">Wir achten dich und fragen, ehe wir Twitter zeigen.</div>',
    '<div class="privacy-embed-preview">Hier wäre ein Film</div>',
    '<section><div>Externer Inhalt</div><p>Hier ist ein Film von YouTube. <a href="/s">Einstellungen</a></p></section>',
    '<div><h4>Empfohlener redaktioneller Inhalt</h4><p>Zum Ansehen bitte zustimmen.</p></div>',
  ])('is left out: %s', (box) => {
    expect(textOf(`<main>${PARAGRAPH}${box}</main>`)).toBe(TEXT)
  })
})

describe('a line that leads away', () => {
  it.each([
    '<p><a href="/">zurück</a></p>',
    '<p><a href="/news">Zurück zu allen Meldungen</a></p>',
    '<div><a href="/news">Alle Beiträge von Ines Muster</a></div>',
    '<p>Kommentare sind geschlossen.</p>',
    '<h3>Der nächste Beitrag</h3>',
    '<p><em>Anzeige, enthält Affiliate-Links</em></p>',
    '<p>Werbung: Dieser Beitrag enthält Links zu Läden.</p>',
  ])('is left out: %s', (line) => {
    expect(textOf(`<main>${PARAGRAPH}${line}</main>`)).toBe(TEXT)
  })

  it.each([
    '<p>Zurück zu Hause war alles anders.</p>',
    '<p>Alle Beiträge der Sitzung sind im Protokoll nachzulesen.</p>',
    '<p>Eine Anzeige hat die Polizei aufgenommen.</p>',
  ])('is none: %s', (line) => {
    expect(textOf(`<main>${PARAGRAPH}${line}</main>`)).not.toBe(TEXT)
  })
})

describe('a short text', () => {
  const buttons = `<ul>${'<li><a href="/">Teilen, drucken, weitersagen</a></li>'.repeat(20)}</ul>`

  it('is the text, where all the rest are short lines', () => {
    const poem = 'Wer rutscht als Nächstes auf dem Eis, das schon ein jeder kennt und weiß?'
    expect(textOf(`<main><p>${poem}</p></main>${buttons}`)).toBe(poem)
    expect(textOf(`<main><p>${poem}</p><div class="sharing">Teilen</div></main>${buttons}`)).toBe(poem)
  })

  it('is not, where the rest has sentences, or where it is a heading', () => {
    expect(
      textOf(`<main><p>Alle Neuigkeiten aus dem Rathaus und den Ortsteilen, immer freitags</p></main>${PARAGRAPH}`),
    ).toContain(TEXT)
    expect(textOf(`<main><h2>Teilen</h2></main>${buttons}`)).toContain('weitersagen')
  })
})
