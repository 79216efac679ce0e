import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { splitFrontMatter } from '../../src/ingest/front-matter.ts'
import { readFile } from '../../src/ingest/read-file.ts'
import '../support/property.ts'

function faultOf(text: string): FundstelleError {
  try {
    splitFrontMatter(text)
  } catch (error) {
    if (error instanceof FundstelleError) return error
    throw error
  }
  throw new Error('read without complaint')
}

describe('a head in TOML', () => {
  it('has strings, numbers, booleans, days, times and lists', () => {
    const head = [
      '# ein Kommentar',
      'title = "Größe: über \\"alles\\""',
      "autor = 'Änne'",
      'auflage = 3',
      'preis = 2.5',
      'frei = true',
      'date = 2024-03-04',
      'zuletzt = 2024-03-05T10:00:00+01:00',
      'tags = ["Küste", "Meer"]',
      '[bild]',
      'quelle = "Archiv"',
    ]
    const { entries, body } = splitFrontMatter(`+++\n${head.join('\n')}\n+++\nText`)
    expect(Object.fromEntries(entries)).toEqual({
      ...{ title: 'Größe: über "alles"', autor: 'Änne', auflage: 3, preis: 2.5, frei: true, tags: ['Küste', 'Meer'] },
      ...{ date: '2024-03-04', zuletzt: '2024-03-05T10:00:00.000+01:00', bild: { quelle: 'Archiv' } },
    })
    expect(body).toBe('\nText')
  })

  it('makes an article as one in YAML does', () => {
    const result = readFile(Buffer.from('+++\ntitle = "T"\ndate = 2024-03-04T10:00:00Z\n+++\nText'), 'a.md')
    expect(result.kind === 'read' && [...result.readings]).toMatchObject([
      { article: { title: 'T', date: '2024-03-04T10:00:00Z', text: 'Text' } },
    ])
  })

  it('is refused with line and column where it is broken', () => {
    const fault = faultOf('+++\ntitle = "T"\ndatum = morgen\n+++\n')
    expect(fault.params).toMatchObject({ line: 3, column: 9 })
    expect(fault.detail('de')).toMatch(/^der Kopf zwischen den Zeilen „\+\+\+“ \(TOML\).*Spalte 9: .*„name = wert“/)
    expect(fault.detail('en')).toContain('expected “name = value”')
  })
})

describe('a head in YAML', () => {
  it.each([
    ['titel: x\ntags: [a', 4, 1, 'fehlt eine schließende Klammer'],
    ['titel: "x', 3, 1, 'hier fehlt etwas'],
    ['titel: x\nTitel\nort: y', 3, 1, 'fehlt der Doppelpunkt'],
  ])('%j is refused in words of our own', (head, line, column, words) => {
    const fault = faultOf(`---\n${head}\n---\nText`)
    expect(fault.params).toMatchObject({ line, column })
    expect(fault.detail('de')).toContain(words)
    expect(fault.detail('en')).not.toContain(words)
  })

  it.each([
    ['titel: Rom: eine Reise', { titel: 'Rom: eine Reise' }, 2, 8, 'ein Text mit Doppelpunkt braucht'],
    [
      "links:\n  - name: Anna's: Seite\n    url: x",
      { links: [{ name: "Anna's: Seite", url: 'x' }] },
      3,
      11,
      'Doppelpunkt',
    ],
    ['titel: *wichtig*', { titel: '*wichtig*' }, 2, 1, 'Verweise'],
    ['a:\n\tb: c', { a: { b: 'c' } }, 3, 1, 'Tabulator'],
    ['a: x\nb: y\na: z', { a: 'z', b: 'y' }, 4, 1, '„a“ steht zweimal da; was zuletzt steht, gilt'],
  ])('%j is read with a note', (head, entries, line, column, words) => {
    const read = splitFrontMatter(`---\n${head}\n---\nText`)
    expect(Object.fromEntries(read.entries)).toEqual(entries)
    expect(read.body).toBe('\nText')
    expect(read.warning?.code).toBe('front_matter_mended')
    expect(read.warning?.params).toMatchObject({ line, column })
    expect(read.warning?.detail('de')).toContain(words)
  })

  it.each([
    ['a text that goes on in a line that is not indented', 'a: "b\nc"\nd: e', { a: 'b c', d: 'e' }],
    ['the same in a list', "a:\n  - b: 'c\n  d''e\n  f'\n    g: h", { a: [{ b: "c d'e f", g: 'h' }] }],
    ['a list over lines that are not indented', 'a: [b,\n"c]",\nd]\ne: f', { a: ['b', 'c]', 'd'], e: 'f' }],
    ['an object over lines', 'a: {b: [c],\nd: e}\nf: g', { a: { b: ['c'], d: 'e' }, f: 'g' }],
    ['a reserved sign first', 'a: @b', { a: '@b' }],
    ['doubled names further down', 'a:\n  b: 1\n  b: 2', { a: { b: 2 } }],
    ['a merge', 'a: &x {b: 1}\nc:\n  <<: *x\n  d: 2', { a: { b: 1 }, c: { b: 1, d: 2 } }],
    ['an unknown tag', 'a: !ruby/object b', { a: 'b' }],
  ])('takes %s as site generators do', (_, head, entries) => {
    const read = splitFrontMatter(`---\n${head}\n---\nText`)
    expect(Object.fromEntries(read.entries)).toEqual(entries)
    expect(read.warning).toBeUndefined()
  })

  it('keeps an article back that one of two doubled fields does', () => {
    const result = readFile(Buffer.from('---\ndraft: true\ntitle: x\ndraft: false\n---\nText'), 'a.md')
    expect(result.kind === 'read' && [...result.readings]).toMatchObject([
      { kind: 'warning' },
      { kind: 'unpublished', state: 'draft' },
    ])
  })

  it('looks for the end of a text in a bounded number of lines', () => {
    const head = 'a: "b\n'.repeat(20_000)
    expect(faultOf(`---\n${head}---\n`).code).toBe('front_matter_broken')
  })

  it('of 100,000 keys costs linear time', () => {
    // Comparing each with all before it would take a minute
    const head = Array.from({ length: 100_000 }, (_, i) => `k${i}: v\n`).join('')
    expect(splitFrontMatter(`---\n${head}---\n`).entries).toHaveLength(100_000)
  })
})

it('throws nothing but refusals, whatever stands in a head', () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    ' = ',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '\n',
    '  ',
    '- ',
    '&a ',
    '*a',
    '1',
    '#',
    '\t',
  )
  fc.assert(
    fc.property(
      fc.constantFrom('---', '+++'),
      fc.array(fc.oneof(piece, fc.string({ maxLength: 3 }))),
      (mark, parts) => {
        try {
          splitFrontMatter(`${mark}\n${parts.join('')}\n${mark}\n`)
        } catch (error) {
          expect(error).toBeInstanceOf(FundstelleError)
        }
      },
    ),
    { numRuns: 1000 },
  )
})

describe('a head without an end', () => {
  it.each([
    ['---\ntitel: x\n\nText', 'front_matter_open'],
    ['---\nErschienen am: 4.3.2021\n', 'front_matter_open'],
    ['+++\ntitle = "x"\n\nText', 'front_matter_open'],
    ['---\n\nText', undefined],
    ['---\nEin langer Satz vor einem Doppelpunkt: Text', undefined],
    ['---\nText', undefined],
    ['---', undefined],
    ['titel: x\n', undefined],
  ])('%j: nothing is lost, warning %s', (text, code) => {
    const { entries, body, warning } = splitFrontMatter(text)
    expect(entries).toEqual([])
    expect(body).toBe(text)
    expect(warning?.code).toBe(code)
  })

  it('reports a reference that leads back to itself', () => {
    expect(() => splitFrontMatter('---\na: &x [*x]\n---\nText')).toThrow('Verweise')
  })
})

describe('a head in JSON', () => {
  it.each([
    [
      '{\n "title": "T {x}",\n "tags": ["a"]\n}\nText',
      [
        ['title', 'T {x}'],
        ['tags', ['a']],
      ],
      '\nText',
    ],
    ['{"title":"T"}\n\nText', [['title', 'T']], '\n\nText'],
    ['{"foo":1}\nText', [], '{"foo":1}\nText'],
    ['{"title":"T"} ist ein Objekt', [], '{"title":"T"} ist ein Objekt'],
    ['{"title":"T",}\nText', [], '{"title":"T",}\nText'],
  ])('%j', (text, entries, body) => {
    expect(splitFrontMatter(text)).toEqual({ entries, body })
  })
})

describe('a longer line below a head that nothing closes', () => {
  it.each([
    ['closes it', '---\ntitle: Satzung\nautor: Änne\n----\nText', 2],
    ['but not where it underlines a heading', '---\nHinweis: alt\n\nEr beschreibt\n\nKapitel\n-------\n\nText', 0],
    ['nor where a heading stands before it', '---\nHinweis: alt\n# Satzung\n\n----\n\nText', 0],
  ])('%s', (_, text, entries) => {
    expect(splitFrontMatter(text).entries).toHaveLength(entries)
  })
})
