import { canonicalNumber } from '../numbers.ts'
import { UNIT } from '../traits.ts'
import type { View } from './view.ts'

/** "5 kg" and "1,5kg": a number and its unit, under the term that 5kg has. */
export function units(view: View, token: number): void {
  if (!view.has(token + 1, UNIT) || !view.isNextTo(token, true)) return
  const [number, unit] = [view.word(token), view.word(token + 1)]
  if (number?.numeric !== true || unit === undefined) return
  view.add('number', view.analyzer.termOf(canonicalNumber(number.key) + unit.key), [token, token + 1])
}
