import { classOf, EXTEND } from '../../analysis/tokenizer/characters.ts'
import type { ArticleText } from '../../article/article-text.ts'
import { WorkBudget } from '../../work-budget.ts'
import type { LocatedField } from '../match/locate.ts'
import { densest, type Window } from './densest.ts'

/** A stretch of a text, in UTF-16 offsets. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** Characters a snippet may have for each word it may have: only hostile texts come near. */
const CHARACTERS_PER_WORD = 24
/** At most this share of the words stands before the first match where its sentence begins further away. */
const LEAD_SHARE = 0.25
/** A snippet ends with a sentence where one ends in this last share of its words. */
const CLOSING_SHARE = 0.5
/** Quotes and brackets before the first word, stops after the last one. */
const OPENING = /[„“"»«‚‘'([]/
const CLOSING = /[.,;:!?…“”"»«’')\]%]/
const EDGE_CHARACTERS_MAX = 4
/** So little before the first or after the last word of a text is not worth cutting off. */
const REST_CHARACTERS_MAX = 16

/**
 * Picks the stretch of a text to show: the words of the query that tell most, where they stand closest together, filled up
 * with the words around them to at most `cropLength` words, beginning and ending at sentences where they are near. Without a
 * match: the beginning. Takes time in proportion to matches x distinct words in one window; where the budget is used up, the best
 * place so far is taken.
 */
export function snippetOf(
  text: ArticleText,
  field: LocatedField,
  termWeights: readonly number[],
  cropLength: number,
  budget: WorkBudget = new WorkBudget(),
): Stretch {
  const charactersMax = (cropLength + 1) * CHARACTERS_PER_WORD
  if (field.count === 0 || cropLength < 1)
    return { start: 0, end: safeEnd(text, 0, Math.min(text.length, charactersMax)) }
  const [first, last] = widen(
    field,
    densest(field, termWeights, cropLength, charactersMax, budget),
    cropLength,
    charactersMax,
  )
  const start = openingEdge(text, field, first)
  const end = Math.min(closingEdge(text, field, last), start + charactersMax)
  return { start, end: safeEnd(text, start, Math.max(start, end)) }
}

/** Adds the words around: back to the beginning of the sentence where it is near, on to the end of one. */
function widen(field: LocatedField, core: Window, cropLength: number, charactersMax: number): Window {
  const { count } = field
  let [first, last] = core
  const fits = (from: number, to: number): boolean =>
    to - from < cropLength && field.endOf(to) - field.startOf(from) <= charactersMax
  const sentence = sentenceStart(field, first)
  const lead = Math.floor((cropLength - (last - first + 1)) * LEAD_SHARE)
  if (fits(sentence, last)) first = sentence
  else for (let i = 0; i < lead && first > 0 && fits(first - 1, last); i++) first -= 1
  while (last + 1 < count && fits(first, last + 1)) last += 1
  // the text ended before the words were used up: show more of what stands before
  while (last + 1 === count && first > 0) {
    const before = sentenceStart(field, first - 1)
    if (!fits(before, last)) break
    first = before
  }
  if (last + 1 < count) {
    const least = Math.max(core[1], first + Math.floor(cropLength * CLOSING_SHARE))
    for (let end = last; end >= least; end--) if (field.beginsSentence(end + 1)) return [first, end]
  }
  return [first, last]
}

function sentenceStart(field: LocatedField, token: number): number {
  let start = token
  while (start > 0 && !field.beginsSentence(start)) start -= 1
  return start
}

function openingEdge(text: ArticleText, field: LocatedField, first: number): number {
  const start = field.startOf(first)
  if (first === 0 && start <= REST_CHARACTERS_MAX) return 0
  const from = Math.max(0, start - EDGE_CHARACTERS_MAX)
  const before = text.slice(from, start)
  let edge = before.length
  while (edge > 0 && OPENING.test(before[edge - 1] as string)) edge -= 1
  return from + edge
}

function closingEdge(text: ArticleText, field: LocatedField, last: number): number {
  const end = field.endOf(last)
  if (last + 1 === field.count && text.length - end <= REST_CHARACTERS_MAX) return text.length
  // with a character that may be of two units behind it
  // the full stop of .NET belongs to the word after it
  const next = last + 1 < field.count ? field.startOf(last + 1) : text.length
  const after = text.slice(end, Math.min(next, end + EDGE_CHARACTERS_MAX + 2))
  let edge = 0
  while (edge < Math.min(after.length, EDGE_CHARACTERS_MAX) && CLOSING.test(after[edge] as string)) edge += 1
  // a mark on the last stop would be cut off from it
  return edge > 0 && edge < after.length && classOf(after.codePointAt(edge) as number) === EXTEND ? end : end + edge
}

const graphemes = new Intl.Segmenter('de', { granularity: 'grapheme' })
/** Longer graphemes than this are only made to do harm. */
const GRAPHEME_MAX = 200

/** `end`, or the last border between graphemes before it where it would cut one. */
function safeEnd(text: ArticleText, start: number, end: number): number {
  if (end >= text.length) return text.length
  const from = Math.max(start, end - GRAPHEME_MAX)
  const around = graphemes.segment(text.slice(from, Math.min(text.length, end + GRAPHEME_MAX))).containing(end - from)
  return around === undefined ? end : from + around.index
}
