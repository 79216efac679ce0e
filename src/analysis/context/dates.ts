import { isoOf } from '../numbers/numbers.ts'
import { DIGITS, MONTH, monthOf, NUMERAL } from '../word/traits.ts'
import type { View } from './view.ts'

/** "3. März 2024", "3. 3. 2024", "03/03/2024": a day, under the term that 03.03.2024 has. */
export function dates(view: View, token: number): void {
  if (view.has(token + 1, DIGITS)) {
    daysInFigures(view, token)
    return
  }
  if (!view.has(token + 1, MONTH) || !view.has(token + 2, DIGITS)) return
  if (!/^\.?\s$|^\.$/.test(view.after(token)) || !/^\.?\s$/.test(view.after(token + 1))) return
  const [day, month, year] = [token, token + 1, token + 2].map((one) => view.word(one)?.key ?? '') as [
    string,
    string,
    string,
  ]
  if (day.length > 2 || year.length !== 4) return
  const iso = isoOf(Number(year), monthOf(month) ?? 0, Number(day))
  if (iso !== null) view.add('number', iso, [token, token + 1, token + 2])
}

function daysInFigures(view: View, token: number): void {
  if (!view.has(token + 2, DIGITS)) return
  const gaps = view.after(token) + view.after(token + 1)
  if (!/^(?:\.\s\.\s?|\/\/)$/.test(gaps)) return
  const [day = '', month = '', year = ''] = [token, token + 1, token + 2].map((one) => view.word(one)?.key)
  if (day.length > 2 || month.length > 2 || year.length !== 4) return
  const iso = isoOf(Number(year), Number(month), Number(day))
  if (iso !== null) view.add('number', iso, [token, token + 1, token + 2])
}

/** "20 Uhr", "20.15 Uhr", "20:15 Uhr", "20 Uhr 15": a time of day. */
export function times(view: View, token: number): void {
  const before = token - 1
  if (!view.has(before, NUMERAL) || !view.isNextTo(before)) return
  const number = view.word(before)?.key ?? ''
  const [hour = '', minute] = number.split('.')
  const isBehindColon = before > 0 && view.has(before - 1, DIGITS) && view.after(before - 1) === ':'
  const after = view.isNextTo(token) ? (view.word(token + 1)?.key ?? '') : ''
  if (minute !== undefined) add(view, hour, minute, [before, token])
  else if (isBehindColon) add(view, view.word(before - 1)?.key ?? '', number, [before - 1, before, token])
  else if (/^\d\d$/.test(after)) add(view, number, after, [before, token, token + 1])
  else add(view, number, '00', [before, token])
}

function add(view: View, hour: string, minute: string, tokens: readonly number[]): void {
  if (!/^\d{1,2}$/.test(hour) || !/^[0-5]\d$/.test(minute) || Number(hour) > 24) return
  view.add('number', `${hour.padStart(2, '0')}:${minute}`, tokens)
}
