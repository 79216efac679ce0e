import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parse } from '../../../src/search/query/parse.ts'
import type { QueryNode } from '../../../src/search/query/tree.ts'
import { print } from '../../support/print-query.ts'

const PIECES = [
  ...[
    'Drohnen',
    'Kursk',
    'und',
    'UND',
    'OR',
    'NOT',
    'NICHT',
    'AND',
    'haus',
    '-5',
    '-handball',
    '-',
    '--',
    'x',
    '5"',
    'a"b',
  ],
  ...[
    '"',
    '„',
    '“',
    '(',
    ')',
    'title:',
    'tag:',
    'Nutzer:innen',
    'http://a.b',
    '*',
    'Ver*',
    ' ',
    '  ',
    '\n',
    ':',
    '/',
    'Bürger(innen)',
  ],
]
const anyQuery = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
)

const words = (text: string): QueryNode => ({ kind: 'words', text })
const phrase = (text: string): QueryNode => ({ kind: 'phrase', text })
const prefix = (text: string): QueryNode => ({ kind: 'prefix', text })
const not = (node: QueryNode): QueryNode => ({ kind: 'not', node })
const and = (...nodes: QueryNode[]): QueryNode => ({ kind: 'and', nodes })
const or = (...nodes: QueryNode[]): QueryNode => ({ kind: 'or', nodes })
const row = (...nodes: QueryNode[]): QueryNode => ({ kind: 'sequence', nodes })
const field = (name: string, node: QueryNode): QueryNode => ({ kind: 'field', name, node })

const CASES: readonly (readonly [why: string, query: string, tree: QueryNode | null])[] = [
  ['plain words stay as they were typed', 'Wie  wird das Wetter?', words('Wie  wird das Wetter?')],
  ['nothing', ' ', null],
  ['a phrase', 'der "Runde Tisch" tagt', row(words('der'), phrase('Runde Tisch'), words('tagt'))],
  ['German quotes', '„Runder Tisch“ »Haus«', row(phrase('Runder Tisch'), phrase('Haus'))],
  ['a quote without another is a quote less', '"Runder Tisch', words('Runder Tisch')],
  ['a quotation within a word', 'die „Model C“-Schulen', words('die „Model C“-Schulen')],
  ['inches', 'Monitor 27" kaufen', words('Monitor 27" kaufen')],
  ['an excluded word', 'Drohnen -Kursk', row(words('Drohnen'), not(words('Kursk')))],
  ['in words', 'Drohnen NICHT Kursk', row(words('Drohnen'), not(words('Kursk')))],
  ['an excluded phrase', 'Tisch -"Runder Tisch"', row(words('Tisch'), not(phrase('Runder Tisch')))],
  ['a hyphen inside a word', 'Jonglier-Keulen', words('Jonglier-Keulen')],
  ['a shortened pair excludes nothing', 'Frauenfußball und -handball', words('Frauenfußball und -handball')],
  ['nor does it at the end', 'Vor- und Nachteile', words('Vor- und Nachteile')],
  ['degrees', '-5 Grad', words('-5 Grad')],
  ['a year behind words', 'Wahl -2021', row(words('Wahl'), not(words('2021')))],
  ['a dash', 'Berlin - Hamburg', words('Berlin - Hamburg')],
  ['or', 'Kursk ODER Kiew', or(words('Kursk'), words('Kiew'))],
  ['and binds closer than or', 'a OR b AND c', or(words('a'), and(words('b'), words('c')))],
  ['operators take their neighbours only', 'a b UND c d', row(words('a'), and(words('b'), words('c')), words('d'))],
  ['small words are words', 'Haus und Garten', words('Haus und Garten')],
  ['an operator with nothing to join is a word', 'ODER', words('Oder')],
  ['at an end', 'Haus UND', words('Haus Und')],
  ['parentheses', '(Kursk ODER Kiew) Drohnen', row(or(words('Kursk'), words('Kiew')), words('Drohnen'))],
  ['around a row they mean nothing', '(a b) c', words('a b c')],
  ['one that nobody closes', '(a OR b', or(words('a'), words('b'))],
  ['one that nobody opened', 'a) b', words('a b')],
  ['of a word', 'Bürger(innen)', words('Bürger(innen)')],
  ['a field', 'title:Drohnen Kursk', row(field('title', words('Drohnen')), words('Kursk'))],
  ['with a phrase', 'author:"Anna Berg"', field('author', phrase('Anna Berg'))],
  ['with a group', 'tag:(a OR b)', field('tag', or(words('a'), words('b')))],
  ['excluded', 'x -tag:Sport', row(words('x'), not(field('tag', words('Sport'))))],
  ['no fields: women’s forms', 'Nutzer:innen Bürger:in', words('Nutzer:innen Bürger:in')],
  ['no fields: addresses', 'https://example.org', words('https://example.org')],
  ['no fields: times', '19:30', words('19:30')],
  ['no fields: a colon before a blank', 'Achtung: Glatteis', words('Achtung: Glatteis')],
  ['a prefix', 'Verfass* Gericht', row(prefix('Verfass'), words('Gericht'))],
  ['a star alone', '* a', words('* a')],
]

describe('parse', () => {
  it.each(CASES)('%s: %s', (_why, query, tree) => {
    expect(parse(query)).toEqual(tree)
  })

  test('printing a tree and reading it again gives the same tree', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const tree = parse(query)
        expect(parse(print(tree))).toEqual(tree)
      }),
      { numRuns: 30000 },
    )
  })

  test('a hundred thousand parentheses, quotes and signs take no time to speak of, and never fail', () => {
    for (const piece of ['(', ')', '((a)', 'a(', '"', '-', 'a:', 'NOT ', 'OR ', '-a ', 'x AND '])
      expect(() => parse(piece.repeat(100_000))).not.toThrow()
  })
})
