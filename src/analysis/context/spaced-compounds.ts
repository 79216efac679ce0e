import { CODE, DIGITS, ENDS_PAIR, ENDS_VERB } from '../word/traits.ts'
import type { View } from './view.ts'

/** Jonglier Keulen: two nouns that are a compound when written together. */
export function spacedCompounds(view: View, token: number): void {
  if (!view.has(token + 1, ENDS_PAIR) || !view.isNextTo(token)) return
  const [first, second] = [view.word(token)?.key ?? '', view.word(token + 1)?.key ?? '']
  const term = view.analyzer.compoundTerm(first, second)
  if (term !== null) view.add('joined', term, [token, token + 1])
}

/** kennen lernen: two words that are a verb when written together. */
export function spacedVerbs(view: View, token: number): void {
  if (!view.has(token + 1, ENDS_VERB) || !view.isNextTo(token)) return
  const [first, second] = [view.word(token)?.key ?? '', view.word(token + 1)?.key ?? '']
  if (view.analyzer.isInfinitive(first, second))
    view.add('joined', view.analyzer.termOf(first + second), [token, token + 1])
}

/** SA 22: a code that others write with a hyphen or together. */
export function spacedCodes(view: View, token: number): void {
  if (!view.has(token + 1, DIGITS) || !view.isNextTo(token)) return
  const [letters, digits] = [view.word(token)?.key ?? '', view.word(token + 1)?.key ?? '']
  if (digits.length <= CODE_DIGITS_MAX) view.add('number', view.analyzer.termOf(letters + digits), [token, token + 1])
}

/** "AT & T": a name that others write without spaces. */
export function spacedAmpersands(view: View, token: number): void {
  if (!view.has(token + 1, CODE) || view.after(token) !== ' & ') return
  const terms = [token, token + 1].map((one) => view.analyzer.termOf(view.word(one)?.key ?? ''))
  view.add('number', terms.join('&'), [token, token + 1])
}

/** HRB 123456, DE 123456789 */
const CODE_DIGITS_MAX = 12
