import { classOf, DIGIT, LETTER } from '../../analysis/tokenizer/characters.ts'
import type { ArticleText } from '../../article/article-text.ts'
import type { LocatedField } from '../match/locate.ts'
import { Scratch } from './scratch.ts'

const BLANK = /\s/
const NUMBER = /\p{N}/u
const scratch = new Scratch()

/**
 * How many words of a snippet each token of a stretch takes: one, or as many as blanks part in it (z. B.) and before the next one (½). Words are what
 * readers count: signs between blanks with a letter or a number among them.
 * @returns by token from `first` on; longer than that, and valid until the next costs are asked for
 */
export function wordCosts(text: ArticleText, field: LocatedField, first: number, end: number): Float64Array {
  const costs = scratch.zeros(end - first)
  if (end <= first) return costs
  const from = field.startOf(first)
  const stretch = text.slice(from, field.endOf(end - 1))
  let token = first
  let next = first + 1 < end ? field.startOf(first + 1) - from : stretch.length
  let isCounted = false
  let cost = 0
  for (let at = 0; at < stretch.length; at++) {
    if (at === next) {
      costs[token - first] = Math.max(1, cost)
      cost = 0
      token += 1
      next = token + 1 < end ? field.startOf(token + 1) - from : stretch.length
    }
    const code = stretch.charCodeAt(at)
    if (isBlankCode(code)) isCounted = false
    else if (!isCounted && isWordCharacter(stretch, at, code)) {
      isCounted = true
      cost += 1
    }
  }
  costs[token - first] = Math.max(1, cost)
  return costs
}

const isBlankCode = (code: number): boolean =>
  code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0xa0 && BLANK.test(String.fromCharCode(code)))

function isWordCharacter(text: string, at: number, code: number): boolean {
  if (code < 0x80)
    return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)
  const kind = classOf(code)
  if (kind === LETTER || kind === DIGIT) return true
  // halves of characters, numbers that are no digits (½), letters that attach to others
  const character = String.fromCodePoint(text.codePointAt(at) as number)
  return NUMBER.test(character) || /\p{L}/u.test(character)
}
