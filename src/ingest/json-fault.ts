import type { Localized } from '../errors.ts'

/** What is wrong with a piece of JSON. `line` and `column` count from 1; null where the engine does not say. */
export interface JsonFault {
  readonly reason: Localized
  readonly line: number | null
  readonly column: number | null
}

const UNREADABLE: Localized = { de: 'hier steht etwas, das kein JSON ist', en: 'something here is not JSON' }

/** What the engine's messages mean to people; its own words are English and differ from version to version. */
const FAULTS: readonly (readonly [RegExp, Localized])[] = [
  [
    /^Unterminated string/,
    { de: 'ein Anführungszeichen wird nicht geschlossen', en: 'a quotation mark is never closed' },
  ],
  [/^Unexpected end/, { de: 'es bricht mittendrin ab', en: 'it breaks off' }],
  [/^Expected ':'/, { de: 'nach dem Namen fehlt der Doppelpunkt', en: 'the colon after the name is missing' }],
  [
    /^Expected (?:double-quoted )?property name/,
    { de: 'erwartet wird ein Name in Anführungszeichen', en: 'expected a name in quotation marks' },
  ],
  [
    /^Expected ','/,
    { de: 'ein Komma oder eine schließende Klammer fehlt', en: 'a comma or a closing bracket is missing' },
  ],
  [
    /^Bad control character/,
    {
      de: 'ein Tabulator oder Zeilenende steht in einem Text; dort heißt es \\t oder \\n',
      en: 'a tab or an end of line stands in a text; it is written \\t or \\n there',
    },
  ],
  [
    /^Bad (?:escaped character|Unicode escape)/,
    { de: 'nach „\\“ folgt ein Zeichen, das dort nichts bedeutet', en: 'the character after “\\” means nothing there' },
  ],
  [/^Unexpected non-whitespace/, { de: 'nach dem Ende folgt noch etwas', en: 'something follows after the end' }],
]

/** @param error what `JSON.parse` threw for `json` */
export function jsonFault(json: string, error: unknown): JsonFault {
  const message = error instanceof Error ? error.message : ''
  const token = /^Unexpected token '(.)'/su.exec(message)?.[1]
  const reason =
    token === undefined
      ? (FAULTS.find(([pattern]) => pattern.test(message))?.[1] ?? UNREADABLE)
      : { de: `„${token}“ gehört nicht hierher`, en: `“${token}” does not belong here` }
  const position = /at position (\d+)/.exec(message)?.[1]
  if (position === undefined) return { reason, line: null, column: null }
  const before = json.slice(0, Number(position)).split('\n')
  return { reason, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** The reason with the column before it, where that is known. */
export function faultWords({ reason, column }: JsonFault): Localized {
  if (column === null) return reason
  return { de: `Spalte ${column}: ${reason.de}`, en: `column ${column}: ${reason.en}` }
}
