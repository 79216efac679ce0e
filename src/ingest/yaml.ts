import { isScalar, LineCounter, parseDocument, visit, type YAMLMap, type YAMLParseError } from 'yaml'
import type { Localized } from '../errors.ts'
import type { Head } from './head.ts'

const UNREADABLE: Localized = { de: 'das ist kein gültiges YAML', en: 'this is not valid YAML' }

/** What the faults people make mean to them; the parser's own words are English and speak of tokens. */
const FAULTS: Readonly<Partial<Record<YAMLParseError['code'], Localized>>> = {
  BAD_ALIAS: {
    de: 'was mit „*“ beginnt, gilt als Verweis; ein Text braucht hier Anführungszeichen',
    en: 'what begins with “*” is taken as a reference; a text needs quotation marks here',
  },
  BAD_DQ_ESCAPE: {
    de: 'nach „\\“ folgt ein Zeichen, das dort nichts bedeutet',
    en: 'the character after “\\” means nothing there',
  },
  BAD_INDENT: {
    de: 'die Zeile ist anders eingerückt als erwartet, oder davor fehlt eine schließende Klammer',
    en: 'the line is not indented as expected, or a closing bracket is missing before it',
  },
  BAD_SCALAR_START: {
    de: 'ein Text, der so beginnt, braucht Anführungszeichen',
    en: 'a text that begins so needs quotation marks',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    de: 'ein zweiter Doppelpunkt in der Zeile; ein Text mit Doppelpunkt braucht Anführungszeichen',
    en: 'a second colon on the line; a text with a colon needs quotation marks',
  },
  MISSING_CHAR: {
    de: 'hier fehlt etwas: ein Doppelpunkt, ein Anführungszeichen oder eine Klammer',
    en: 'something is missing here: a colon, a quotation mark or a bracket',
  },
  MULTILINE_IMPLICIT_KEY: { de: 'nach dem Namen fehlt der Doppelpunkt', en: 'the colon after the name is missing' },
  RESOURCE_EXHAUSTION: { de: 'zu tief geschachtelt', en: 'nested too deep' },
  TAB_AS_INDENT: {
    de: 'mit Tabulator eingerückt; erwartet werden Leerzeichen',
    en: 'indented with a tab; expected spaces',
  },
  UNEXPECTED_TOKEN: { de: 'hier steht etwas, das nicht hierher gehört', en: 'something here does not belong here' },
}

/** Reads a head in YAML 1.2, where `no` and `2021-03-04` stay the strings they look like. Never throws. */
export function parseYaml(head: string): Head {
  const lines = new LineCounter()
  const fault = (reason: Localized, offset: number): Head => {
    const { line, col } = lines.linePos(offset)
    return { fault: { reason, line: Math.max(1, line), column: Math.max(1, col) } }
  }
  try {
    // The parser compares each key with all before it; below it is done in linear time
    const options = { lineCounter: lines, prettyErrors: false, logLevel: 'silent', uniqueKeys: false } as const
    const document = parseDocument(head, options)
    const error = document.errors[0]
    if (error !== undefined) return fault(FAULTS[error.code] ?? UNREADABLE, error.pos[0])
    let twice: Head | undefined
    visit(document, {
      Map(_, map) {
        const key = repeatedKey(map)
        if (key === undefined) return undefined
        const reason = { de: `„${key.name}“ steht zweimal da`, en: `“${key.name}” stands there twice` }
        twice = fault(reason, key.offset)
        return visit.BREAK
      },
    })
    if (twice !== undefined) return twice
    const value: unknown = document.toJS()
    // Throws where a reference leads back to what it stands in
    JSON.stringify(value)
    return { value }
  } catch {
    const reason = { de: 'zu viele Verweise oder zu tief geschachtelt', en: 'too many references, or nested too deep' }
    return fault(reason, 0)
  }
}

function repeatedKey(map: YAMLMap): { name: string; offset: number } | undefined {
  const seen = new Set<unknown>()
  for (const { key } of map.items) {
    if (!isScalar(key)) continue
    if (seen.has(key.value)) return { name: String(key.value), offset: key.range?.[0] ?? 0 }
    seen.add(key.value)
  }
  return undefined
}
