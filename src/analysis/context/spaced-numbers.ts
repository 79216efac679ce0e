import { BANK_CODE, DIGITS } from '../word/traits.ts'
import type { View } from './view.ts'

/** Groups of one number. */
const GROUPS_MAX = 6
const PHONE_GAP = /^(?:[ \u00a0/-]|\) ?| ?\/ ?| [–-] )$/
const PHONE_DIGITS_MIN = 6
const MONTH_AND_YEAR = /^(?:0[1-9]|1[0-2])(?:19|20)\d\d$/
/** The nought of an area code may follow it: +49 (0)30. */
const COUNTRY = /^(?:00)?490?/
const COUNTRY_BEGINNING = '0049'
const GROUP_OF_IBAN = /^[a-z0-9]{1,4}$/
const IBAN_GROUP = 4
const IBAN_GROUPS_MAX = 9
const IBAN_MIN = 15
const IBAN_GAP = /^[ \u00a0-]$/
/** Groups and digits of a number that is written in groups of no fixed length. */
const LOOSE_GROUP = /^\d{2,4}$/
const LOOSE_GROUPS_MIN = 3
const LOOSE_YEAR = /^(?:19|20)\d\d$/

/** "4 700": thousands parted by plain spaces. (Narrow ones make one token already.) */
export function thousands(view: View, token: number): void {
  if (!view.has(token + 1, DIGITS)) return
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
  while (tokens.length < GROUPS_MAX) {
    const last = tokens.at(-1) as number
    if (!PHONE_GAP.test(view.after(last)) && !(plus && isBeforeNought(view, last))) break
    if (!view.has(last + 1, DIGITS)) break
    tokens.push(last + 1)
  }
  const digits = digitsOf(view, tokens)
  const isAbroad = plus || digits.startsWith(COUNTRY_BEGINNING)
  // 15/06/2024, 06/2024
  if (!plus && (view.text[view.start(token) - 1] === '/' || (tokens.length === 2 && MONTH_AND_YEAR.test(digits))))
    return
  if (digits.length < PHONE_DIGITS_MIN || (tokens.length === 1 && !isAbroad)) return
  view.add('number', isAbroad ? digits.replace(COUNTRY, '0') : digits, tokens)
}

/** Whether the (0) of a number with its country follows. */
const isBeforeNought = (view: View, token: number): boolean =>
  /^ ?\($/.test(view.after(token)) && view.word(token + 1)?.key === '0' && view.after(token + 1).startsWith(')')

/** "DE89 3704 0044 0532 0130 00": an IBAN in groups of four. */
export function bankNumbers(view: View, token: number): void {
  const tokens = [token]
  let number = view.word(token)?.key ?? ''
  for (let next = token + 1; tokens.length < IBAN_GROUPS_MAX && next < view.count; next++) {
    const group = view.word(next)?.key ?? ''
    if (!GROUP_OF_IBAN.test(group) || !IBAN_GAP.test(view.after(next - 1)) || !/\d/.test(group)) break
    tokens.push(next)
    number += group
    if (group.length < IBAN_GROUP) break
  }
  if (tokens.length > 1 && number.length >= IBAN_MIN) view.add('number', view.analyzer.termOf(number), tokens)
}

/** "12 34 56 78": a number of an account, a customer or a file in groups of as many digits, two to four; years in a row are none. */
export function looseGroups(view: View, token: number): void {
  // most numbers stand alone
  if (!view.has(token + 1, DIGITS) || !view.has(token + 2, DIGITS)) return
  if (isJoined(view, token - 1) || view.has(token - 1, BANK_CODE)) return
  const tokens = [token]
  while (tokens.length < GROUPS_MAX && isJoined(view, tokens.at(-1) as number))
    tokens.push((tokens.at(-1) as number) + 1)
  if (tokens.length < LOOSE_GROUPS_MIN || isJoined(view, tokens.at(-1) as number)) return
  const groups = tokens.map((one) => view.word(one)?.key ?? '')
  const isEven = groups.slice(1, -1).every(({ length }) => length === groups[0]?.length)
  if (!isEven || !groups.every((group) => LOOSE_GROUP.test(group)) || groups.every((one) => LOOSE_YEAR.test(one)))
    return
  view.add('number', groups.join(''), tokens)
}

/** Whether a token and the next are digits with nothing but a space between. */
function isJoined(view: View, token: number): boolean {
  return token >= 0 && view.has(token, DIGITS) && view.has(token + 1, DIGITS) && view.isNextTo(token)
}

const digitsOf = (view: View, tokens: readonly number[]): string =>
  tokens.map((token) => view.word(token)?.key ?? '').join('')
