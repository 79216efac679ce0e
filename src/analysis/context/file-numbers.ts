import { CODE } from '../word/traits.ts'
import type { View } from './view.ts'

/** "1 BvR 16/13": the senate, the register and the number before the slash; any of them may be written together. */
const YEAR = /^(?:\d{2}|\d{4})$/
const SLASH = /^ ?\/ ?$/
const NUMBER = /^\d{1,5}$/
const REGISTER = /^(?:\d{1,3})?\p{L}{1,6}$/u
const REGISTER_AND_NUMBER = /^(?:\d{1,3})?\p{L}{1,6}\d{1,5}$/u
const BEGINS_WITH_DIGIT = /^\d/
const SENATE = /^(?:\d{1,3}|[ivx]{1,5})$/

/** "1 BvR 16/13", "VI ZR 45/19": what courts and offices file a case under, looked at from its year. */
export function fileNumbers(view: View, token: number): void {
  let first = token - 1
  // a blank before it: no slash
  if (first < 0 || view.isSpaced(first)) return
  const year = view.word(token)?.key ?? ''
  if (!YEAR.test(year) || !SLASH.test(view.after(first))) return
  let name = view.word(first)?.key ?? ''
  if (NUMBER.test(name)) {
    const register = view.word(first - 1)
    if (register === undefined || register.stop || !REGISTER.test(register.key) || !view.isNextTo(first - 1)) return
    first -= 1
    name = register.key + name
  } else if (!REGISTER_AND_NUMBER.test(name)) return
  const senate = view.word(first - 1)?.key ?? ''
  if (!BEGINS_WITH_DIGIT.test(name)) {
    if (SENATE.test(senate) && view.isNextTo(first - 1)) {
      first -= 1
      name = senate + name
      // without one, and apart, it may be a season: Etat 12/13
    } else if (first !== token - 1 && !view.has(first, CODE)) return
  }
  const tokens = Array.from({ length: token - first + 1 }, (_, i) => first + i)
  view.add('number', `${name}/${year}`, tokens)
}
