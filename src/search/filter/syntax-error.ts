import { type ErrorParam, FundstelleError } from '../../errors.ts'

/** What of a wrong piece an error shows. */
const SHOWN_MAX = 40

/** What may stand at a place of a filter. */
const EXPECTED = {
  condition: { de: 'ein Feld, NOT oder „(“', en: 'a field, NOT or “(”' },
  operator: {
    de: '=, !=, <, <=, >, >=, ein Wert und TO, IN, EXISTS, IS, CONTAINS oder STARTS WITH',
    en: '=, !=, <, <=, >, >=, a value and TO, IN, EXISTS, IS, CONTAINS or STARTS WITH',
  },
  negated: { de: 'IN, EXISTS, CONTAINS oder STARTS WITH', en: 'IN, EXISTS, CONTAINS or STARTS WITH' },
  value: {
    de: 'ein Wert: Buchstaben, Ziffern, „-“, „_“ und „.“, anderes in Anführungszeichen',
    en: 'a value: letters, digits, “-”, “_” and “.”, anything else in quotes',
  },
  to: { de: 'TO und ein zweiter Wert', en: 'TO and a second value' },
  is: { de: 'NULL, EMPTY, NOT NULL oder NOT EMPTY', en: 'NULL, EMPTY, NOT NULL or NOT EMPTY' },
  with: { de: 'WITH', en: 'WITH' },
  list: { de: '„[“ und Werte, durch Kommas getrennt', en: '“[” and values parted by commas' },
  next: { de: '„,“ oder „]“', en: '“,” or “]”' },
  close: { de: '„)“', en: '“)”' },
  joint: { de: 'AND, OR oder das Ende', en: 'AND, OR or the end' },
  field: {
    de: 'ein Feld außer „text“: im Text sucht die Anfrage selbst',
    en: 'a field other than “text”: the query itself searches the text',
  },
  date: {
    de: 'ein Datum wie 2024, 2024-03, 2024-03-31 oder 31.3.2024, mit Uhrzeit in Anführungszeichen',
    en: 'a date such as 2024, 2024-03, 2024-03-31 or 31.3.2024, with a time in quotes',
  },
  quote: { de: 'ein schließendes Anführungszeichen', en: 'a closing quote' },
} as const satisfies Record<string, ErrorParam>

export type Expectation = keyof typeof EXPECTED

/**
 * `filter_wrong`. The rest of the filter from the wrong piece on says better what was got than the piece alone.
 * @param start of the wrong piece, in UTF-16 units
 */
export function syntaxError(filter: string, start: number, expectation: Expectation): FundstelleError {
  const rest = [...filter.slice(start, start + (SHOWN_MAX + 1) * 2)]
  const shown = rest.slice(0, SHOWN_MAX).join('') + (rest.length > SHOWN_MAX ? '…' : '')
  const got: ErrorParam = shown === '' ? { de: 'das Ende', en: 'the end' } : { de: `„${shown}“`, en: `“${shown}”` }
  return new FundstelleError('filter_wrong', {
    column: [...filter.slice(0, start)].length + 1,
    got,
    expected: EXPECTED[expectation],
  })
}
