import type { View } from './view.ts'

/** What may stand before the number of a paragraph, an article of a law or one of their divisions, and how that begins its term. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ...['paragraf', 'paragraph', 'paragrafen', 'paragraphen'].map((name) => [name, 'paragraf'] as const),
  ...['art', 'artikel', 'artikels', 'artikeln'].map((name) => [name, 'artikel'] as const),
])
const DIVISIONS: ReadonlyMap<string, string> = new Map([
  ...['abs', 'absatz', 'absatzes'].map((name) => [name, 'absatz'] as const),
  ...['s', 'satz', 'satzes'].map((name) => [name, 'satz'] as const),
  ...['nr', 'nummer', 'ziff', 'ziffer'].map((name) => [name, 'nummer'] as const),
])
const SIGN = /§\s?$/
const SIGN_REACH = 2
const SECTION = 0xa7
/** Numbers of one row: §§ 5, 6 und 7. */
const ROW_MAX = 6
const ROW_GAP = /^(?:\s?[,–-]\s?|\s+)$/
const ROW_WORDS = new Set(['und', 'oder', 'bis', 'sowie'])
const NUMBER = /^\d{1,4}[a-z]?$/

/** "§ 5 Abs. 2", "Artikel 3": each number under a term of its own, the division's with what it divides. */
export function paragraphs(view: View, token: number): void {
  const key = view.word(token)?.key ?? ''
  if (!NUMBER.test(key)) return
  const name = nameBefore(view, token)
  if (name === null) return
  let term = name.term + key
  view.add('number', term, name.token === null ? [token] : [token, name.token])
  // its divisions
  let at = token + 1
  if (isInBrackets(view, at)) {
    term += `absatz${view.word(at)?.key}`
    view.add('number', term, [at])
    at += 1
  }
  for (; at + 1 < view.count; at += 2) {
    const division = DIVISIONS.get(view.word(at)?.key ?? '')
    const number = view.word(at + 1)?.key ?? ''
    if (division === undefined || !NUMBER.test(number) || !/^\.?\s?$/.test(view.after(at))) return
    term += division + number
    view.add('number', term, [at + 1, at])
  }
}

/** § 5 (2): how laws number their Absätze. */
function isInBrackets(view: View, token: number): boolean {
  if (!NUMBER.test(view.word(token)?.key ?? '')) return false
  return /^\s?\($/.test(view.after(token - 1)) && view.after(token).startsWith(')')
}

/** What a number is the number of; `token` where that is written as a word right before it. */
interface Name {
  readonly term: string
  readonly token: number | null
}

function isBehindSign(text: string, start: number): boolean {
  const isNear = text.charCodeAt(start - 1) === SECTION || text.charCodeAt(start - SIGN_REACH) === SECTION
  return isNear && SIGN.test(text.slice(Math.max(0, start - SIGN_REACH), start))
}

/** The name before a number, also at the beginning of a row of numbers. */
function nameBefore(view: View, token: number): Name | null {
  let at = token
  for (let steps = 0; steps < ROW_MAX; steps++) {
    const start = view.start(at)
    if (isBehindSign(view.text, start)) return { term: 'paragraf', token: null }
    if (at === 0) return null
    const gap = view.after(at - 1)
    const before = view.word(at - 1)?.key ?? ''
    const name = NAMES.get(before)
    if (name !== undefined) return /^\.?\s?$/.test(gap) ? { term: name, token: at === token ? at - 1 : null } : null
    if (!ROW_GAP.test(gap)) return null
    if (!ROW_WORDS.has(before) && !(NUMBER.test(before) && steps > 0) && !/[,–-]/.test(gap)) return null
    at -= 1
  }
  return null
}
