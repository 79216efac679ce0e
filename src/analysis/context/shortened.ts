import type { View } from './view.ts'

/** How many tokens a shortened word and the one that completes it may be apart: Bundes-, Landes- und Kommunalbehörden. */
const REACH = 8
const CONNECTORS = new Set([
  'und',
  'oder',
  'bzw',
  'beziehungsweise',
  'sowie',
  'wie',
  'als',
  'auch',
  'noch',
  'bis',
  'statt',
])
const LIST_GAP = /^[-‐]?(?:\s*[,/]\s*|\s+|\.\s+)$/
const LETTERS = /^\p{L}+$/u
/** Prefixes that a completing word may begin with: Vor- und Nachteile, be- und entladen. */
const PREFIXES = [
  ...[
    'ab',
    'an',
    'auf',
    'aus',
    'außen',
    'be',
    'bei',
    'binnen',
    'durch',
    'ein',
    'ent',
    'er',
    'fort',
    'gegen',
    'hin',
    'her',
  ],
  ...[
    'hinter',
    'in',
    'inner',
    'mit',
    'nach',
    'nieder',
    'ober',
    'rück',
    'über',
    'um',
    'un',
    'unter',
    'ver',
    'vor',
    'weg',
  ],
  ...['wieder', 'zer', 'zu', 'zurück', 'zusammen', 'zwischen', 'innen', 'auseinander', 'herunter', 'hinauf', 'hoch'],
]
const REST_MIN = 3
const COMPLETIONS_MAX = 3

/** "Vor- und Nachteile": the first word is also Vorteile. */
export function completions(view: View, token: number): void {
  const first = view.word(token)?.key ?? ''
  if (first.length < 2 || !LETTERS.test(first)) return
  for (let next = token + 1; next < view.count && next <= token + REACH; next++) {
    if (!LIST_GAP.test(view.after(next - 1))) return
    const word = view.word(next)?.key ?? ''
    const isShortened = view.after(next).startsWith('-')
    if (CONNECTORS.has(word) || isShortened) continue
    if (LETTERS.test(word))
      complete(
        view,
        token,
        tailsOf(view, next).map((tail) => [first, tail]),
      )
    return
  }
}

/** "Frauenfußball und -handball": the second word is also Frauenhandball. */
export function continuations(view: View, token: number): void {
  const rest = view.word(token)?.key ?? ''
  const before = view.text[view.start(token) - 2]
  if (rest.length < REST_MIN || !LETTERS.test(rest) || before === undefined || !/[\s(/]/.test(before)) return
  for (let last = token - 1; last >= 0 && last >= token - REACH; last--) {
    if (!/^(?:\s*(?:[,/]\s*)?-?|\.?\s+-?)$/.test(view.after(last))) return
    const word = view.word(last)?.key ?? ''
    if (CONNECTORS.has(word) || view.text[view.start(last) - 1] === '-') continue
    if (LETTERS.test(word))
      complete(
        view,
        token,
        headsOf(view, last).map((head) => [head, rest]),
      )
    return
  }
}

/** Of what two stretches make together, what the lexicon takes for a word. */
function complete(view: View, token: number, pairs: readonly (readonly [string, string])[]): void {
  let completed = 0
  for (const [head, tail] of pairs) {
    if (completed === COMPLETIONS_MAX) return
    // Kauf- und Verkaufspreise are no Kaufkaufspreise
    if (tail.startsWith(head)) continue
    const term = view.analyzer.completedTerm(head, tail)
    if (term === null) continue
    view.add('completed', term, [token])
    completed += 1
  }
}

/** What a word may lend to a shortened one before it: its last parts, and what follows its prefix. */
function tailsOf(view: View, token: number): string[] {
  const key = view.word(token)?.key ?? ''
  const borders = new Set(view.analyzer.bordersOf(key))
  for (const prefix of PREFIXES) if (key.startsWith(prefix)) borders.add(prefix.length)
  return [...borders]
    .sort((a, b) => a - b)
    .map((border) => key.slice(border))
    .filter((tail) => tail.length >= REST_MIN)
}

/** What a word may lend to a shortened one after it: its first parts, the most first. */
function headsOf(view: View, token: number): string[] {
  const key = view.word(token)?.key ?? ''
  return view.analyzer
    .bordersOf(key)
    .map((border) => key.slice(0, border))
    .reverse()
}
