import type { View } from './view.ts'

/** So far before its prefix a verb is looked for. */
const REACH = 16
/** What ends a clause, right behind its last word. */
const CLAUSE_END = /^(?:\s*$|["“”»)\]]*\s*[.,;:!?…–—(]|["“”»)\]]*\s*\n|\s+[–—-]\s)/
const BORDER = /[.,;:!?…–—()]/
const CONNECTORS = new Set(['und', 'oder', 'aber', 'denn', 'sowie', 'bzw'])

/** "nimmt … teil": a prefix that ends its clause, and the verb before it that it belongs to. */
export function separatedVerbs(view: View, token: number): void {
  const prefix = view.word(token)?.key ?? ''
  const next = view.word(token + 1)
  const ends = CLAUSE_END.test(view.after(token)) || (next !== undefined && CONNECTORS.has(next.key))
  if (!ends) return
  let verb = -1
  for (let before = token - 1; before >= 0 && before >= token - REACH; before--) {
    if (BORDER.test(view.after(before))) break
    const infinitive = view.word(before)?.verb
    // the finite verb stands at the beginning of its clause, so the first that fits is it
    if (infinitive && view.analyzer.isInfinitive(prefix + infinitive)) verb = before
  }
  const infinitive = view.word(verb)?.verb
  if (infinitive) view.add('verb', view.analyzer.termOf(prefix + infinitive), [verb, token])
}
