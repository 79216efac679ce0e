import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { FundstelleError } from '../../../src/errors.ts'
import { parseFilter } from '../../../src/search/filter/parse.ts'
import type { FilterNode } from '../../../src/search/filter/tree.ts'

const is = (field: string, value: string): FilterNode => ({ kind: 'compare', field, operator: '=', value })
const not = (node: FilterNode): FilterNode => ({ kind: 'not', node })

const CASES: readonly (readonly [filter: string, tree: FilterNode | null])[] = [
  ['', null],
  ['ort = Kursk', is('ort', 'Kursk')],
  ['ort="Kursk, Russland"', is('ort', 'Kursk, Russland')],
  ["ort = 'Joe\\'s'", is('ort', "Joe's")],
  ['größe >= 1.5', { kind: 'compare', field: 'größe', operator: '>=', value: '1.5' }],
  ['date != 2025-01-01', { kind: 'compare', field: 'date', operator: '!=', value: '2025-01-01' }],
  ['verletzte 10 TO 20', { kind: 'range', field: 'verletzte', from: '10', to: '20' }],
  ['tags IN [a, "b c"]', { kind: 'in', field: 'tags', values: ['a', 'b c'] }],
  ['tags IN []', { kind: 'in', field: 'tags', values: [] }],
  ['tags NOT IN [a,]', not({ kind: 'in', field: 'tags', values: ['a'] })],
  ['url EXISTS', { kind: 'exists', field: 'url' }],
  ['url NOT EXISTS', not({ kind: 'exists', field: 'url' })],
  ['author IS NULL', { kind: 'null', field: 'author' }],
  ['author IS NOT NULL', not({ kind: 'null', field: 'author' })],
  ['tags IS EMPTY', { kind: 'empty', field: 'tags' }],
  ['tags IS NOT EMPTY', not({ kind: 'empty', field: 'tags' })],
  ['title CONTAINS Haus', { kind: 'contains', field: 'title', value: 'Haus' }],
  ['title NOT CONTAINS Haus', not({ kind: 'contains', field: 'title', value: 'Haus' })],
  ['title STARTS WITH "Das H"', { kind: 'starts', field: 'title', value: 'Das H' }],
  [
    'a = 1 OR b = 2 AND c = 3',
    { kind: 'or', nodes: [is('a', '1'), { kind: 'and', nodes: [is('b', '2'), is('c', '3')] }] },
  ],
  [
    '(a = 1 OR b = 2) AND c = 3',
    { kind: 'and', nodes: [{ kind: 'or', nodes: [is('a', '1'), is('b', '2')] }, is('c', '3')] },
  ],
  ['NOT a = 1 AND b = 2', { kind: 'and', nodes: [not(is('a', '1')), is('b', '2')] }],
  ['a = 1 and not b = 2', { kind: 'and', nodes: [is('a', '1'), not(is('b', '2'))] }],
  ['"AND" = "OR"', is('AND', 'OR')],
]

const WRONG: readonly (readonly [filter: string, message: string])[] = [
  [
    'ort =',
    'Filter, Zeichen 6: hier steht das Ende, erwartet wird ein Wert: Buchstaben, Ziffern, „-“, „_“ und „.“, anderes in Anführungszeichen.',
  ],
  ['ort = Kursk, Russland', 'Filter, Zeichen 12: hier steht „, Russland“, erwartet wird AND, OR oder das Ende.'],
  ['ort = "Kursk', 'Filter, Zeichen 13: hier steht das Ende, erwartet wird ein schließendes Anführungszeichen.'],
  [
    'ort',
    'Filter, Zeichen 4: hier steht das Ende, erwartet wird =, !=, <, <=, >, >=, ein Wert und TO, IN, EXISTS, IS, CONTAINS oder STARTS WITH.',
  ],
  [
    'ort == Kursk',
    'Filter, Zeichen 6: hier steht „= Kursk“, erwartet wird ein Wert: Buchstaben, Ziffern, „-“, „_“ und „.“, anderes in Anführungszeichen.',
  ],
  ['(ort = a', 'Filter, Zeichen 9: hier steht das Ende, erwartet wird „)“.'],
  ['ort = a AND', 'Filter, Zeichen 12: hier steht das Ende, erwartet wird ein Feld, NOT oder „(“.'],
  ['tags IN a', 'Filter, Zeichen 9: hier steht „a“, erwartet wird „[“ und Werte, durch Kommas getrennt.'],
  ['tags IN [a b]', 'Filter, Zeichen 12: hier steht „b]“, erwartet wird „,“ oder „]“.'],
  ['x 1 2', 'Filter, Zeichen 5: hier steht „2“, erwartet wird TO und ein zweiter Wert.'],
  ['x IS da', 'Filter, Zeichen 6: hier steht „da“, erwartet wird NULL, EMPTY, NOT NULL oder NOT EMPTY.'],
  ['x STARTS a', 'Filter, Zeichen 10: hier steht „a“, erwartet wird WITH.'],
  ['x NOT = 1', 'Filter, Zeichen 7: hier steht „= 1“, erwartet wird IN, EXISTS, CONTAINS oder STARTS WITH.'],
  [
    '💥 = 1',
    'Filter, Zeichen 1: hier steht „💥 = 1“, erwartet wird ein Wert: Buchstaben, Ziffern, „-“, „_“ und „.“, anderes in Anführungszeichen.',
  ],
  [
    '💥'.repeat(50),
    `Filter, Zeichen 1: hier steht „${'💥'.repeat(40)}…“, erwartet wird ein Wert: Buchstaben, Ziffern, „-“, „_“ und „.“, anderes in Anführungszeichen.`,
  ],
  ['NOT '.repeat(10_000), 'Der Filter hat mehr als 100 Klammern oder NOT ineinander.'],
  ['('.repeat(10_000), 'Der Filter hat mehr als 100 Klammern oder NOT ineinander.'],
]

describe('parseFilter', () => {
  it.each(CASES)('%s', (filter, tree) => {
    expect(parseFilter(filter)).toEqual(tree)
  })

  it.each(WRONG)('says what is wrong with %s', (filter, message) => {
    expect(() => parseFilter(filter)).toThrow(FundstelleError)
    try {
      parseFilter(filter)
    } catch (error) {
      expect((error as FundstelleError).detail('de')).toBe(message)
    }
  })

  test('throws nothing but our errors', () => {
    const piece = fc.constantFrom(
      'ort',
      '=',
      '"',
      "'",
      '(',
      ')',
      '[',
      ']',
      ',',
      'NOT',
      'IN',
      'IS',
      'TO',
      '1',
      '\\',
      '💥',
      ' ',
      'AND',
      'OR',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.constantFrom('', ' '), (pieces, gap) => {
        try {
          parseFilter(pieces.join(gap))
        } catch (error) {
          expect(error).toBeInstanceOf(FundstelleError)
        }
      }),
      { numRuns: 3000 },
    )
  })
})
