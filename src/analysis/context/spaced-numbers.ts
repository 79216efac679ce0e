import { DIGITS } from '../word/traits.ts'
import type { View } from './view.ts'

/** Groups of one number. */
const GROUPS_MAX = 6
const PHONE_GAP = /^(?:[ \u00a0/-]|\) ?| ?\/ ?| [–-] )$/
const PHONE_DIGITS_MIN = 6
const MONTH_AND_YEAR = /^(?:0[1-9]|1[0-2])(?:19|20)\d\d$/
const COUNTRY = /^(?:49|0049)/

/** "4 700": thousands parted by plain spaces. (Narrow ones make one token already.) */
export function thousands(view: View, token: number): void {
  const first = view.word(token)?.key ?? ''
  if (first.length > 3 || first.startsWith('0') || isJoined(view, token - 1)) return
  const tokens = [token]
  while (tokens.length < GROUPS_MAX && view.isNextTo(tokens.at(-1) as number)) {
    const next = (tokens.at(-1) as number) + 1
    if (!view.has(next, DIGITS) || view.word(next)?.key.length !== 3) break
    tokens.push(next)
  }
  const last = tokens.at(-1) as number
  // a list of numbers, not one number
  if (tokens.length < 2 || isJoined(view, last)) return
  view.add('number', digitsOf(view, tokens), tokens)
}

/** "030 1234-567", "+49 30 1234567": groups of digits that begin with 0 or +. */
export function phoneNumbers(view: View, token: number): void {
  const first = view.word(token)?.key ?? ''
  const plus = view.text[view.start(token) - 1] === '+'
  if (!plus && !first.startsWith('0')) return
  const tokens = [token]
  while (tokens.length < GROUPS_MAX && PHONE_GAP.test(view.after(tokens.at(-1) as number))) {
    const next = (tokens.at(-1) as number) + 1
    if (!view.has(next, DIGITS)) break
    tokens.push(next)
  }
  const digits = digitsOf(view, tokens)
  // 15/06/2024, 06/2024
  if (!plus && (view.text[view.start(token) - 1] === '/' || (tokens.length === 2 && MONTH_AND_YEAR.test(digits))))
    return
  if (digits.length < PHONE_DIGITS_MIN || (tokens.length === 1 && !plus)) return
  view.add('number', plus || digits.startsWith('00') ? digits.replace(COUNTRY, '0') : digits, tokens)
}

/** Whether a token and the next are digits with nothing but a space between. */
function isJoined(view: View, token: number): boolean {
  return token >= 0 && view.has(token, DIGITS) && view.has(token + 1, DIGITS) && view.isNextTo(token)
}

const digitsOf = (view: View, tokens: readonly number[]): string =>
  tokens.map((token) => view.word(token)?.key ?? '').join('')
