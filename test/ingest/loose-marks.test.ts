import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDokuwiki } from '../../src/ingest/dokuwiki-text.ts'
import { htmlWithoutMarkdown, withoutLinkEnds } from '../../src/ingest/loose-marks.ts'
import '../support/property.ts'

const MANY = 200_000
const pieces = fc
  .array(
    fc.constantFrom('[', ']', '](', '](/a)', '](https://x.de)', ')', '**', '!', '<b>', '<code>', 'Wort', ' ', '\n'),
    {
      maxLength: 30,
    },
  )
  .map((all) => all.join(''))

describe.each([
  ['ends of links', withoutLinkEnds],
  ['Markdown in HTML', htmlWithoutMarkdown],
] as const)('%s', (_, without) => {
  it('take marks away and add nothing', () => {
    fc.assert(
      fc.property(pieces, (text) => {
        const got = without(text)
        expect(got.length).toBeLessThanOrEqual(text.length)
        expect(got.match(/Wort/g)?.length ?? 0).toBe(text.match(/Wort/g)?.length ?? 0)
      }),
    )
  })

  it('leave text without such marks as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replace(/[\]*]/g, '')
        expect(without(plain)).toBe(plain)
      }),
    )
  })

  it.each(['[', '](', '](/a', '![a](', '**a', '** ', '[a](b)'])('%s takes linear time', (piece) => {
    expect(without(piece.repeat(MANY)).length).toBeGreaterThan(0)
  })
})

describe('a text is a page of DokuWiki', () => {
  it.each<[string, string, boolean]>([
    ['by its first line', '== Titel ==\nText', true],
    ['by the first line with words', '~~NOTOC~~\n{{bild.png}}\n====== Titel ======\nText', true],
    ['by two headings', 'Text\n== a ==\n== b ==', true],
    ['not by one further down', 'Text\n===== a =====\nText', false],
    ['by a table', 'Liste\n^ a ^ b ^\n| 1 | 2 |', true],
    ['not by one row', '2^3 ^ 4^5\nText', false],
    ['by links with words or a namespace', '[[a|b]] und [[c:d]]', true],
    ['not by one', 'Siehe [[a|b]].', false],
    ['not by a condition of a shell', 'if [[ -f a || -f b ]]; then\nif [[ $x == a:b ]]; then', false],
    ['not by links of a slip box', 'Titel\n\n[[Turm]] und [[Bach]]', false],
    ['where it leads on', '~~REDIRECT>start~~', true],
    ['where it leads on in words', '#REDIRECT start', true],
  ])('%s', (_, text, expected) => {
    expect(isDokuwiki(text)).toBe(expected)
  })

  it.each(['~~a', '{{', '^ a ', '[[a|', '= ', '<WRAP ', '\\\\ '])('%s is told in linear time', (piece) => {
    expect(isDokuwiki(piece.repeat(MANY))).toBe(false)
    expect(isDokuwiki(`${piece}\n`.repeat(MANY))).toBe(false)
  })
})
