import { takesFullStop } from '../tokenizer/abbreviations.ts'
import type { View } from './view.ts'

/** So far before its prefix a verb is looked for. */
const REACH = 16
/** What ends a clause, right behind its last word. */
const CLAUSE_END = /^(?:["“”»)\]]*\s*[.,;:!?…–—(|]|["“”»)\]]*\s*\n|["“”»)\]]+\s|\s+[–—-]\s)/
const BORDER = /[.,;:!?…–—()]/
/** A full stop and nothing else before the next word: that of an ordinal or an abbreviation ends no clause. */
const FULL_STOP = /^\.\s$/
const SENTENCE_END = /[.:!?…–—"„“«»(\n]/
const CAPITAL = /^\p{Lu}/u
/** What a prefix at the end of its clause is followed by without a comma; none of them ever follows a preposition. */
const CONNECTORS = new Set(
  'und oder aber denn sowie bzw als wie weil dass daß wenn obwohl nachdem bevor während sodass damit'.split(' '),
)
/** Prefixes that are prepositions, articles or adverbs as well: a word after one of them is probably governed by it. */
const AMBIGUOUS = new Set(
  `ab an auf aus bei da dar davon dazu durch ein entgegen entlang gegen gegenüber gleich gut hin hinter hoch in kurz mit nach nahe
  sicher stand statt still über um unter vor weiter wider wieder zu zusammen`.split(/\s+/),
)
/** What may follow the others: nahm teil an, kehrte zurück nach. */
const PREPOSITIONS = new Set(
  'an am auf aus bei beim bis durch für gegen im in ins mit nach ohne seit über um unter von vom vor wegen zu zum zur zwischen'.split(
    ' ',
  ),
)

/** "nimmt … teil": a prefix that ends its clause, and the verb before it that it belongs to. */
export function separatedVerbs(view: View, token: number): void {
  const prefix = view.word(token)?.key ?? ''
  if (!endsClause(view, token, prefix)) return
  let verb = -1
  for (let before = token - 1; before >= 0 && before >= token - REACH; before--) {
    if (isBorder(view, before)) break
    const infinitive = view.word(before)?.verb
    if (!infinitive || !view.analyzer.isInfinitive(prefix, infinitive)) continue
    // der Laden macht auf: a noun is the verb only where nothing else is
    if (isCapital(view, before) && (verb >= 0 || !beginsSentence(view, before))) continue
    // the finite verb stands at the beginning of its clause, so the first that fits is it
    verb = before
  }
  const infinitive = view.word(verb)?.verb
  if (infinitive) view.add('verb', view.analyzer.termOf(prefix + infinitive), [verb, token])
}

function endsClause(view: View, token: number, prefix: string): boolean {
  const next = view.word(token + 1)?.key
  if (next === undefined || CONNECTORS.has(next)) return true
  if (!view.isSpaced(token) && CLAUSE_END.test(view.after(token))) return true
  return !AMBIGUOUS.has(prefix) && PREPOSITIONS.has(next)
}

/** Whether a clause ends between a token and the next: not behind the full stop of "am 5. Mai" or "von Dr. Maier". */
function isBorder(view: View, token: number): boolean {
  if (view.isSpaced(token)) return false
  const gap = view.after(token)
  if (!BORDER.test(gap)) return false
  return !FULL_STOP.test(gap) || !takesFullStop(view.word(token)?.key ?? '') || view.word(token + 1)?.stop === true
}

const isCapital = (view: View, token: number): boolean =>
  CAPITAL.test(view.text.slice(view.start(token), view.start(token) + 2))

const beginsSentence = (view: View, token: number): boolean => token === 0 || SENTENCE_END.test(view.after(token - 1))
