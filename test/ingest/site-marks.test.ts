import { describe, expect, it } from 'vitest'
import { markdownReader } from '../../src/ingest/markdown.ts'
import type { Reader } from '../../src/ingest/reader.ts'
import { rstReader } from '../../src/ingest/rst.ts'

// Marks that were left over in the texts of public German sites: each is written as such a site writes it

function readingBy(reader: Reader, path: string, text: string) {
  const [reading] = reader.read({ path, text })
  if (reading?.kind !== 'article') throw new Error(`no article but ${reading?.kind}`)
  return reading.article
}

const markdown = (text: string) => readingBy(markdownReader, 'a.md', `---\ntitle: T\n---\n${text}`)
const rst = (text: string) => readingBy(rstReader, 'a.rst', `Titel\n=====\n\n${text}`)

describe('headings without a blank behind their mark', () => {
  it.each<[string, string, string]>([
    ['of level 2', 'Satz.\n\n##Absolute Armut\n\nArmut ist relativ.', 'Satz.\n\nAbsolute Armut\n\nArmut ist relativ.'],
    ['right below a paragraph', 'Satz.\n##Wir freuen uns', 'Satz.\n\nWir freuen uns'],
    ['that begin with an umlaut', '###Überblick', 'Überblick'],
    ['of level 1 beside others', '#FFHL-Orga\n\nHeute\n\n##Stand', 'FFHL-Orga\n\nHeute\n\nStand'],
    ['closed by marks', '##Müll##', 'Müll'],
  ])('%s are headings', (_, text, expected) => {
    expect(markdown(text).text).toBe(expected)
  })

  it.each<[string, string]>([
    ['a hashtag', '#stayathome ist die Devise'],
    ['code', '```\n##kein Titel\n```'],
    ['a row of signs', '####################### x'],
  ])('%s is none', (_, text) => {
    expect(markdown(text).text).toBe(text.replaceAll(/```\n|\n```/g, ''))
  })
})

describe('references that Quarto turns into numbers', () => {
  it.each<[string, string]>([
    ['Vom IT-Management (@sec-management) wurde berichtet.', 'Vom IT-Management wurde berichtet.'],
    ['Epochen (siehe @fig-bmsevol): drei', 'Epochen: drei'],
    ['Metadaten [@sec-metadaten; @tbl-vergleich_2].', 'Metadaten.'],
    ['Daten (@sec-digitalisierung und @sec-forschung) sind', 'Daten sind'],
    ['Das zeigt @fig-transponder deutlich.', 'Das zeigt deutlich.'],
    // with words of their own the brackets stay
    ['Vorhaben (mehr dazu in @sec-plan) und', 'Vorhaben (mehr dazu in ) und'],
  ])('%s', (text, expected) => {
    expect(markdown(text).text).toBe(expected)
  })

  it.each(['Post an it@sec-firma.de', 'im Fediverse @fig ist', 'so: `@fig-x`', 'Herr \\@sec-x'])(
    '%s has none',
    (text) => {
      expect(markdown(text).text).toBe(text.replaceAll(/[`\\]/g, ''))
    },
  )
})

describe('tables drawn with lines', () => {
  const table = [
    '+-----------+-------------+',
    '|           | Katalog     |',
    '+===========+=============+',
    '| Suchraum  | nur lokaler |',
    '|           | Bestand     |',
    '+===========+=============+',
    '| a \\| b    | - Cover     |',
    '|           | - Listen    |',
    '+-----------+-------------+',
  ]

  it('are rows of cells, without their lines', () => {
    const { text, structure } = markdown(['Vorher', ...table, ': Vergleich', '', 'Nachher'].join('\n'))
    expect(text).toMatch(/^Vorher\n\nKatalog\n\nSuchraum nur lokaler Bestand\n\na \| b Cover Listen\n/)
    expect(text).toMatch(/\n\nVergleich\n\nNachher$/)
    expect(text).not.toMatch(/[+=]{2}|--/)
    expect(structure?.filter(({ kind }) => kind === 'row')).toHaveLength(3)
  })

  it.each<[string, string[]]>([
    ['lines that do not meet', ['+---+---+', '| a     |', '+---+---+']],
    ['no end', ['+---+---+', '| a | b |']],
    ['no row', ['+---+---+', '+---+---+']],
  ])('with %s stay as they are', (_, lines) => {
    expect(markdown(lines.join('\n')).text).toContain('+---+---+')
  })

  it('are read in linear time, also where none of them has an end', () => {
    const { text } = markdown('+---+---+\n| a | b |\n'.repeat(60_000))
    expect(text.length).toBeGreaterThan(0)
  })
})

describe('ends of elements that are set in', () => {
  it('are no code where nothing else is', () => {
    expect(markdown('<div markdown="1">\n\nWorte\n\n        </div>\n    </div>').text).toBe('Worte')
  })

  it.each(['```\n</div>\n```', '    </div> beendet'])('%j is code', (text) => {
    expect(markdown(`Worte\n\n${text}`).text).toContain('</div>')
  })
})

it.each<[string, string]>([
  ['**Achtung:** Nur für *Stable Ressources** verwenden', 'Achtung: Nur für *Stable Ressources** verwenden'],
  ['ein **kwargs allein', 'ein **kwargs allein'],
  ['**beide** sind **fett**', 'beide sind fett'],
])('strong words of reStructuredText lose their marks, one that nothing ends stays: %s', (text, expected) => {
  expect(rst(text).text).toBe(expected)
})

describe('code in items of lists of reStructuredText', () => {
  it('ends where the next paragraph of the item begins', () => {
    const { text } = rst(
      '#. Mit ``kadmin`` erstellt::\n\n        # kadmin -q "a"\n\n   oder im Pfad ``/etc/http.keytab``.\n\n#. Dann *weiter*.',
    )
    expect(text).toBe('Mit kadmin erstellt:\n\n# kadmin -q "a"\n\noder im Pfad /etc/http.keytab.\n\nDann weiter.')
  })

  it('also behind code that is set in by one blank more than the words', () => {
    const { text } = rst(
      '- statt::\n\n   from a import ``b``\n\n  nun ``c``::\n\n   import d\n\n  .. note::\n\n     Das *gilt*.',
    )
    expect(text).toBe('statt:\n\nfrom a import ``b``\n\nnun c:\n\nimport d\n\nDas gilt.')
  })

  it('is taken as meant where it is set in no deeper than the words', () => {
    expect(rst('- statt::\n\n  ``import d``\n\nEnde').text).toBe('statt:\n\n``import d``\n\nEnde')
  })
})

describe('a home page whose text stands in its head', () => {
  it.each<[string, string, string]>([
    [
      'of VitePress',
      'layout: home\nhero:\n  name: Quelloffen\n  text: Mehr <b>Transparenz</b>\n  tagline: "Die Projekte der Stadt"\nfeatures:\n  - title: Nutzen\n    icon: 🛠\n    details: Wir nutzen freie Software.\n    link: /de/use\n  - 7',
      'Mehr Transparenz\n\nDie Projekte der Stadt\n\nNutzen\n\nWir nutzen freie Software.',
    ],
    [
      'of VuePress',
      'home: true\nheroText: Quelloffen\ntagline: Die Projekte\nfeatures:\n- title: Nutzen\n  details: Frei.',
      'Die Projekte\n\nNutzen\n\nFrei.',
    ],
  ])('%s has it', (_, head, expected) => {
    expect(readingBy(markdownReader, 'index.md', `---\n${head}\n---\n`)).toMatchObject({
      title: 'Quelloffen',
      text: expected,
    })
  })

  it('keeps its own title and body', () => {
    const text = '---\ntitle: Start\nhero:\n  name: Anderes\n  tagline: Kurz gesagt.\n---\nUnd länger.'
    expect(readingBy(markdownReader, 'index.md', text)).toMatchObject({
      title: 'Start',
      text: 'Kurz gesagt.\n\nUnd länger.',
    })
  })

  it.each(['hero: bild.jpg', 'features: [a, b]\nheroText: Rest', 'hero: [1]'])(
    'is none where the head says %j',
    (head) => {
      expect(readingBy(markdownReader, 'a.md', `---\ntitle: T\n${head}\n---\nWorte`).text).toBe('Worte')
    },
  )
})

describe('marks that generators add to Markdown', () => {
  it.each<[string, string]>([
    ['Das ist ==wichtig== und ^^neu^^.', 'Das ist wichtig und neu.'],
    ['Drücken Sie ++ctrl+c++ oder ++"Eingabe"++.', 'Drücken Sie ctrl+c oder "Eingabe".'],
    ['H~2~O, CO~2~, x^2^ und 10^-3^', 'H2O, CO2, x2 und 10-3'],
    ['Das steht fest [@meier2020, S. 3; @schulz].', 'Das steht fest.'],
    ['Code: @[code](../a.js) Ende', 'Code: Ende'],
    ['```{python}\n#| echo: false\nprint(1)\n```', 'print(1)'],
    ['```{r plot, echo=FALSE}\n#| fig-cap: x\nplot(1)\n```', 'plot(1)'],
  ])('%j says %j', (text, expected) => {
    expect(markdown(text).text).toBe(expected)
  })

  it.each([
    'wenn a == b ist, und c == d',
    'Ist a==b und c==d wahr?',
    'Von 10~20~30 bis 5^2+3^2=34',
    'Siehe [@nutzer] und mehr',
    'i++ und j++ in C++',
    'etwa ~5 km bis ~10 km, 3~4 Tage',
    'a^b, Sinn^ und x^y+z',
    'Mail an [@meier](https://example.org) oder @schulz',
    '`==bleibt==` und `x^2^`',
  ])('%j stays', (text) => {
    expect(markdown(text).text).toBe(text.replaceAll('`', '').replace(/\[(@meier)\]\([^)]*\)/, '$1'))
  })

  it('go from titles, too', () => {
    const text = '---\ntitle: "Über uns | {{ site.title }}"\n---\nText'
    expect(readingBy(markdownReader, 'a.md', text).title).toBe('Über uns')
  })
})

describe('components of MDX', () => {
  const mdx = (text: string) => readingBy(markdownReader, 'a.mdx', `---\ntitle: T\n---\n${text}`)

  it('wrap Markdown, however far it is set in', () => {
    const text = [
      '<CardGrid>',
      '  <Card title="GitHub">',
      '',
      '    Der Betrag landet beim Projekt.',
      '',
      '    - **[Monatlich](https://example.org/m)**: Ein kleiner Betrag.',
      '      Gibt uns Sicherheit.',
      '',
      '        * **Preis:** Nur, wenn ein [Tarif](/tarif) da ist.',
      '',
      '    Mehr steht [hier](https://example.org).',
      '',
      '  </Card>',
      '</CardGrid>',
    ].join('\n')
    const { text: read } = mdx(text)
    expect(read).toContain('Monatlich: Ein kleiner Betrag. Gibt uns Sicherheit.')
    expect(read).toContain('Preis: Nur, wenn ein Tarif da ist.')
    expect(read).toContain('Mehr steht hier.')
    expect(read).not.toMatch(/[[\]*]/)
  })

  it('leave code between marks as it is', () => {
    expect(mdx('  <Tab>\n\n    ```yaml\n    - "[a](b)"\n    ```\n\n  </Tab>').text).toContain('- "[a](b)"')
  })

  it('are none elsewhere: what is set in stays code', () => {
    expect(markdown('Text.\n\n    [a](b)\n\nMehr.').text).toContain('[a](b)')
  })
})

describe('links and pictures that parsers do not take as they stand', () => {
  it.each<[string, string]>([
    ['![Button "Weiter>>"](images/db.png "Button "Weiter>>"")\n\nWeiter.', 'Button "Weiter>>"\n\nWeiter.'],
    ['Siehe [die Leiste](leiste.png "Leiste "Verfügungen" neu") dort.', 'Siehe die Leiste dort.'],
    // titles that every parser takes are none of these
    ['[a](x "t" ) und dann ![b](y "u") Ende', 'a und dann b Ende'],
    ['[a](x "t"  ) Text (genannt "b") Ende', 'a Text (genannt "b") Ende'],
    ['`[a](x "t" )` dann (siehe "foo") Ende', '[a](x "t" ) dann (siehe "foo") Ende'],
    ['Siehe [hier](a.html "Titel") und [da](b.html "Noch ein Titel").', 'Siehe hier und da.'],
    ['Siehe [hier](a.html "Titel"), "so" (er).', 'Siehe hier, "so" (er).'],
    // blanks of a template are none of the address
    [
      '- {{ a.name }} {% if a.wiki %}([Wiki](https://example.org/user:{{ a.wiki }})){% endif %} und so weiter',
      '(Wiki) und so weiter',
    ],
  ])('%s', (text, expected) => {
    expect(markdown(text).text).toBe(expected)
  })
})

describe('tables of nothing but pictures, as kramdown has them without a ruler', () => {
  it('leave nothing', () => {
    const pictures = '![](a.jpg) | ![](b.jpg)\n![](c.jpg) | ![](d.jpg)'
    expect(markdown(`Bilder:\n\n${pictures}\n\nEnde.`).text).toBe('Bilder:\n\nEnde.')
  })

  it('with words these stay', () => {
    expect(markdown('![](a.jpg) | ![Der Kühlschrank](b.jpg)').text).toContain('Der Kühlschrank')
  })
})
