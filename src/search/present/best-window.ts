import { isStopWord, STOP_WORD_LENGTH_MAX } from '../../analysis/german/stopwords.ts'
import type { ArticleText } from '../../article/article-text.ts'
import type { LocatedField } from '../match/locate.ts'
import { BORDER, clauseBorders } from './clauses.ts'
import { firstFrom } from './first-from.ts'
import type { Question } from './question.ts'
import { Scratch } from './scratch.ts'
import type { Sentence } from './sentence.ts'
import { answersOf } from './sentence-choice.ts'
import { SNIPPET } from './snippet-weights.ts'
import { tellsMore, withoutRest } from './window-end.ts'
import { wordCosts } from './word-costs.ts'

/** The entries of a field's evidence that stand in a stretch of tokens. */
function evidenceIn({ evidence: { tokens } }: LocatedField, first: number, end: number): readonly [number, number] {
  return [firstFrom(tokens, first), firstFrom(tokens, end)]
}

/** By token of the sentence at hand. */
const SCRATCH = {
  answers: new Scratch(),
  borders: new Scratch(),
  values: new Scratch(),
  matched: new Scratch(),
  kinds: new Scratch(),
  sums: new Scratch(),
}

/** What answers a question at least as well as this is not cut off at the end. */
const ANSWER_STRENGTH = 0.6

/** Where a window has to begin and end: anywhere, where a clause begins, or at borders of clauses on both sides. */
export type WindowEdges = 'anywhere' | 'clauseBegin' | 'clauses'

/**
 * The part of a sentence to show where it is too long: the words that stand near those of the query, from the border of a clause to another
 * where one is near. Takes time in proportion to tokens and matches of the sentence.
 * @param words how many there may be
 */
export function bestWindow(
  text: ArticleText,
  field: LocatedField,
  sentence: Sentence,
  weights: ArrayLike<number>,
  words: number,
  reach: number,
  charactersMax: number,
  question: Question | null,
  wanted: WindowEdges = 'anywhere',
): Sentence | null {
  const { first, end } = sentence
  const costs = wordCosts(text, field, first, end)
  const answers = SCRATCH.answers.zeros(end - first)
  const sums = runningSums(valuesOf(text, field, sentence, weights, reach, question, answers), end - first)
  const [from, to] = evidenceIn(field, first, end)
  const { tokens, words: wordsOf, strengths } = field.evidence
  const borders = clauseBorders(text, field, sentence, SCRATCH.borders.zeros(end - first + 1))
  const all = sums[end - first] || 1
  const found = new Float64Array(weights.length)
  let best: Sentence | null = null
  let bestScore = Number.NEGATIVE_INFINITY
  let left = 0
  let cost = 0
  for (let start = first, stop = first; start < end; start++) {
    while (
      stop < end &&
      cost + (costs[stop - first] as number) <= words &&
      field.endOf(stop) - field.startOf(start) <= charactersMax
    )
      cost += costs[stop++ - first] as number
    if (stop <= start) {
      // one token that is too long
      stop = start + 1
      cost = costs[start - first] as number
    }
    while (left < to - from && (tokens[from + left] as number) < start) left += 1
    for (const close of endsBetween(borders, start - first, stop - first)) {
      found.fill(0)
      let cover = 0
      let isEmpty = true
      for (let i = from + left; i < to && (tokens[i] as number) < first + close; i++) {
        const word = wordsOf[i] as number
        isEmpty = false
        const more = (strengths[i] as number) - (found[word] as number)
        if (more <= 0) continue
        found[word] = strengths[i] as number
        cover += more * (weights[word] as number)
      }
      if (isEmpty || (wanted !== 'anywhere' && !mayBegin(borders, start - first))) continue
      if (wanted === 'clauses' && !mayEnd(borders, close)) continue
      const value = ((sums[close] as number) - (sums[start - first] as number)) / all
      const edges = edgeValue(borders, start - first, BORDER.begins) + edgeValue(borders, close, BORDER.ends)
      const score = value + edges + SNIPPET.cover * cover
      if (score > bestScore) {
        bestScore = score
        best = { first: start, end: first + close }
      }
    }
    cost -= costs[start - first] as number
  }
  if (best === null) return null
  const tidy = withoutRest(field, sentence, best, borders, answers, words)
  return withOpening(field, sentence, tidy, borders, costs, answers, words, charactersMax)
}

/**
 * With the words before a window up to the border of a clause: where they fit, or where words at the end that tell nothing which stands nowhere
 * else in it can make room for them.
 */
function withOpening(
  field: LocatedField,
  sentence: Sentence,
  window: Sentence,
  borders: Float64Array,
  costs: Float64Array,
  answers: Float64Array,
  words: number,
  charactersMax: number,
): Sentence {
  const { first } = sentence
  let start = window.first
  while (!mayBegin(borders, start - first) && start > first) start -= 1
  if (start === window.first || !mayBegin(borders, start - first)) return window
  let cost = 0
  for (let token = start; token < window.end; token++) cost += costs[token - first] as number
  const fits = cost <= words && field.endOf(window.end - 1) - field.startOf(start) <= charactersMax
  if (fits) return { first: start, end: window.end }
  // a beginning in the middle that reads well is no reason to leave out anything
  if (((borders[window.first - first] as number) & BORDER.hangs) === 0) return window
  let { end } = window
  const least = start + Math.ceil(words / 2)
  while (
    cost > words ||
    field.endOf(end - 1) - field.startOf(start) > charactersMax ||
    endQuality(borders, end - first) < endQuality(borders, window.end - first)
  ) {
    end -= 1
    if (end < least) return window
    cost -= costs[end - first] as number
  }
  const tells =
    answers.subarray(end - first, window.end - first).includes(1) ||
    tellsMore(field, { first: start, end: window.end }, end)
  return tells ? window : withoutRest(field, sentence, { first: start, end }, borders, answers, words)
}

/** How well a window may end somewhere: at the border of a clause best, between two words that belong together worst. */
function endQuality(borders: Float64Array, at: number): number {
  if (mayEnd(borders, at)) return 2
  return ((borders[at] as number) & BORDER.waits) === 0 ? 1 : 0
}

const mayBegin = (borders: Float64Array, at: number): boolean => ((borders[at] as number) & BORDER.begins) !== 0
const mayEnd = (borders: Float64Array, at: number): boolean => ((borders[at] as number) & BORDER.ends) !== 0

/** What a window gets for one of its ends. */
function edgeValue(borders: Float64Array, at: number, wanted: number): number {
  const border = borders[at] as number
  if ((border & BORDER.sentence) !== 0) return SNIPPET.sentence
  return (border & wanted) === 0 ? 0 : SNIPPET.clause
}

/** Where a window may end: as far as it may, and at the last border before that. */
function endsBetween(borders: Float64Array, start: number, stop: number): number[] {
  let border = stop
  while (border > start + 1 && !mayEnd(borders, border)) border -= 1
  return border === stop || border <= start + 1 ? [stop] : [stop, border]
}

/**
 * What each token of a sentence is worth: near · kind.
 * @param answers gets 1 for each token that answers the question well
 */
function valuesOf(
  text: ArticleText,
  field: LocatedField,
  { first, end }: Sentence,
  weights: ArrayLike<number>,
  reach: number,
  question: Question | null,
  answers: Float64Array,
): Float64Array {
  const values = SCRATCH.values.zeros(end - first)
  const matched = SCRATCH.matched.zeros(end - first)
  const [from, to] = evidenceIn(field, first, end)
  const { tokens, words, strengths } = field.evidence
  const decay = Math.exp(-1 / reach)
  // what comes from the left, then what comes from the right
  const add = (token: number, i: number): number => {
    matched[token - first] = 1
    return (weights[words[i] as number] as number) * (strengths[i] as number)
  }
  let near = 0
  for (let token = first, i = from; token < end; token++) {
    near *= decay
    for (; i < to && tokens[i] === token; i++) near += add(token, i)
    values[token - first] = near
  }
  near = 0
  for (let token = end - 1, i = to - 1; token >= first; token--) {
    values[token - first] = (values[token - first] as number) + near
    for (; i >= from && tokens[i] === token; i--) near += add(token, i)
    near *= decay
  }
  const start = field.startOf(first)
  const stretch = text.slice(start, field.endOf(end - 1))
  const kinds = SCRATCH.kinds.zeros(end - first)
  for (let token = first; token < end; token++) {
    if (matched[token - first] === 1) {
      kinds[token - first] = SNIPPET.queryWord
      continue
    }
    const [left, right] = [field.startOf(token) - start, field.endOf(token) - start]
    // a word in small letters has as many as it is written with, or more
    const isStop = right - left <= STOP_WORD_LENGTH_MAX && isStopWord(stretch.slice(left, right).toLowerCase())
    kinds[token - first] = isStop ? SNIPPET.stopWord : 1
  }
  for (const answer of answersOf(text, field, { first, end }, question)) {
    for (let token = firstBehind(field, first, end, start + answer.start); token < end; token++) {
      if (field.startOf(token) - start >= answer.end) break
      if (answer.strength >= ANSWER_STRENGTH) answers[token - first] = 1
      kinds[token - first] = Math.max(kinds[token - first] as number, 1 + SNIPPET.windowAnswer * answer.strength)
    }
  }
  for (let i = 0; i < end - first; i++) values[i] = (values[i] as number) * (kinds[i] as number)
  return values
}

/** The first token of a stretch that ends behind a place; the end of the stretch where none does. */
function firstBehind(field: LocatedField, first: number, end: number, place: number): number {
  let [low, high] = [first, end]
  while (low < high) {
    const middle = (low + high) >> 1
    if (field.endOf(middle) <= place) low = middle + 1
    else high = middle
  }
  return low
}

function runningSums(values: Float64Array, count: number): Float64Array {
  const sums = SCRATCH.sums.zeros(count + 1)
  for (let i = 0; i < count; i++) sums[i + 1] = (sums[i] as number) + (values[i] as number)
  return sums
}
