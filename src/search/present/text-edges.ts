import { classOf, EXTEND } from '../../analysis/tokenizer/characters.ts'
import type { ArticleText } from '../../article/article-text.ts'
import type { LocatedField } from '../match/locate.ts'

/** Quotes and brackets before the first word, stops after the last one. */
const OPENING = /[„“"»«‚‘'([]/
const CLOSING = /[.:!?…“”"»«’')\]%]/
/** A number's unit, with the blank before it: 1 %. */
const UNIT = /^[ \u00a0\u202f][%‰€$°]/
/** A number's sign: § 5. */
const PARAGRAPH = /§{1,2}[ \u00a0\u202f]$/
/** So many of them are shown with it. */
const EDGE_CHARACTERS_MAX = 4
/** So little before the first or after the last word of a text is not worth cutting off. */
const REST_CHARACTERS_MAX = 16
/** Numbers and letters that are no token of their own (½) would be one word more. */
const WORDY = /[\p{L}\p{N}]/u

/** Where a stretch that begins with a token begins: with the quotes and brackets that open before it. */
export function openingEdge(text: ArticleText, field: LocatedField, first: number): number {
  const start = field.startOf(first)
  if (first === 0 && start <= REST_CHARACTERS_MAX && !WORDY.test(text.slice(0, start))) return 0
  const from = Math.max(0, start - EDGE_CHARACTERS_MAX)
  const before = text.slice(from, start)
  let edge = before.length
  const [paragraph] = PARAGRAPH.exec(before) ?? ['']
  edge -= paragraph.length
  while (edge > 0 && OPENING.test(before[edge - 1] as string)) edge -= 1
  return from + edge
}

/** Where a stretch that ends with a token ends: with the stops, quotes and brackets behind it. */
export function closingEdge(text: ArticleText, field: LocatedField, last: number): number {
  const end = field.endOf(last)
  const isRest = last + 1 === field.count && text.length - end <= REST_CHARACTERS_MAX
  if (isRest && !WORDY.test(text.slice(end, text.length))) return text.length
  // the full stop of .NET belongs to the word after it
  const next = last + 1 < field.count ? field.startOf(last + 1) : text.length
  // with a character that may be of two units behind it
  const after = text.slice(end, Math.min(next, end + EDGE_CHARACTERS_MAX + 2))
  let edge = UNIT.test(after) ? 2 : 0
  while (edge < Math.min(after.length, EDGE_CHARACTERS_MAX) && CLOSING.test(after[edge] as string)) edge += 1
  // a mark on the last stop would be cut off from it
  return edge > 0 && edge < after.length && classOf(after.codePointAt(edge) as number) === EXTEND ? end : end + edge
}

const graphemes = new Intl.Segmenter('de', { granularity: 'grapheme' })
/** Longer graphemes than this are only made to do harm. */
const GRAPHEME_MAX = 200

/** Letters of Latin, signs of ASCII, quotes and dashes: between two of them is always a border between graphemes, but in the end of a line. */
const standsAlone = (code: number): boolean => code < 0x300 || (code >= 0x2010 && code <= 0x2027)

/** `end`, or the last border between graphemes before it where it would cut one. */
export function safeEnd(text: ArticleText, start: number, end: number): number {
  if (end >= text.length) return text.length
  const [before, after] = [text.slice(end - 1, end).charCodeAt(0), text.slice(end, end + 1).charCodeAt(0)]
  if (standsAlone(before) && standsAlone(after) && !(before === 0x0d && after === 0x0a)) return end
  const from = Math.max(start, end - GRAPHEME_MAX)
  const around = graphemes.segment(text.slice(from, Math.min(text.length, end + GRAPHEME_MAX))).containing(end - from)
  return around === undefined ? end : from + around.index
}
