import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLParseError,
} from 'yaml'
import type { Localized } from '../errors.ts'
import type { Head, HeadFault, SoundHead } from './head.ts'
import { indentedYaml, quotedYaml } from './mended-yaml.ts'

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

/** Faults that take nothing from what is read: other parsers do not see them at all. */
const HARMLESS: ReadonlySet<YAMLParseError['code']> = new Set(['BAD_DQ_ESCAPE', 'BAD_SCALAR_START'])

/**
 * Reads a head in YAML 1.2, where `no` and `2021-03-04` stay the strings they look like, as leniently as the parsers of site
 * generators: the last of several pairs of one name counts, and texts go on in lines that are not indented. What only people
 * understand, as a second colon in a line, is read with a note. Never throws.
 */
export function parseYaml(head: string): Head {
  const strict = readYaml(head)
  if (!('fault' in strict)) return strict
  const { text: indented, swallowed } = indentedYaml(head)
  // what only seems to belong to a text may take the article back
  const withSwallowed = (read: SoundHead): SoundHead => ({
    ...read,
    overridden: [...(read.overridden ?? []), ...swallowed],
  })
  if (indented !== head) {
    const read = readYaml(indented)
    if (!('fault' in read)) return withSwallowed(read)
  }
  const quoted = quotedYaml(indented, (value) => 'fault' in readYaml(`name: ${value}`))
  const read = quoted === indented ? strict : readYaml(quoted)
  return 'fault' in read ? strict : { ...withSwallowed(read), note: strict.fault }
}

function readYaml(head: string): Head {
  const lines = new LineCounter()
  const faultAt = (reason: Localized, offset: number): HeadFault => {
    const { line, col } = lines.linePos(offset)
    return { reason, line: Math.max(1, line), column: Math.max(1, col) }
  }
  try {
    // The parser compares each key with all before it; below it is done in linear time
    const options = {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'silent',
      uniqueKeys: false,
      merge: true,
    } as const
    const document = parseDocument(head, options)
    const error = document.errors.find(({ code }) => !HARMLESS.has(code))
    if (error !== undefined) return { fault: faultAt(FAULTS[error.code] ?? UNREADABLE, error.pos[0]) }
    const value: unknown = document.toJS()
    // Throws where a reference leads back to what it stands in
    JSON.stringify(value)
    const twice = isMap(document.contents) ? repeatedPairs(document.contents, document) : null
    if (twice === null) return { value }
    const reason = {
      de: `„${twice.name}“ steht zweimal da; was zuletzt steht, gilt`,
      en: `“${twice.name}” stands there twice; the last one counts`,
    }
    return { value, note: faultAt(reason, twice.offset), overridden: twice.overridden }
  } catch {
    const reason = { de: 'zu viele Verweise oder zu tief geschachtelt', en: 'too many references, or nested too deep' }
    return { fault: faultAt(reason, 0) }
  }
}

interface Repeated {
  readonly name: string
  readonly offset: number
  readonly overridden: readonly (readonly [string, unknown])[]
}

/** The pairs at the top level that another of the same name follows; null where there are none. */
function repeatedPairs(map: YAMLMap, document: Document): Repeated | null {
  const last = new Map<string, Pair>()
  let first: { name: string; offset: number } | null = null
  const overridden: [string, unknown][] = []
  for (const pair of map.items) {
    if (!isScalar(pair.key)) continue
    const name = String(pair.key.value)
    const before = last.get(name)
    if (before !== undefined) {
      first ??= { name, offset: pair.key.range?.[0] ?? 0 }
      overridden.push([name, isNode(before.value) ? before.value.toJS(document) : before.value])
    }
    last.set(name, pair)
  }
  return first === null ? null : { ...first, overridden }
}
