import { canonicalNumber } from '../numbers/numbers.ts'
import { unitOf, unitOfSign } from '../numbers/units.ts'
import { UNIT } from '../word/traits.ts'
import type { View } from './view.ts'

const SIGN = /^\s?([%€$])/

/** "5 kg", "1,5kg", "5 Kilo": a number and its unit, under the term that 5kg has; "5 %" under that of 5 Prozent. */
export function units(view: View, token: number): void {
  const number = view.word(token)
  if (number?.numeric !== true) return
  const add = (unit: string, tokens: readonly number[]): void =>
    view.add('number', view.analyzer.termOf(canonicalNumber(number.key) + unit), tokens)
  if (view.has(token + 1, UNIT) && view.isNextTo(token, true)) {
    add(unitOf(view.word(token + 1)?.key ?? '') as string, [token, token + 1])
    return
  }
  if (view.isSpaced(token)) return
  const unit = unitOfSign(SIGN.exec(view.after(token))?.[1] ?? '')
  if (unit !== undefined) add(unit, [token])
}
