import { classOf, EXTEND } from '../analysis/characters.ts'
import type { LocatedField } from './engine.ts'

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
 * match: the beginning. Takes time in proportion to matches x distinct words among them.
 */
export function snippetOf(
  text: string,
  field: LocatedField,
  wordWeights: readonly number[],
  cropLength: number,
): Stretch {
  const charactersMax = (cropLength + 1) * CHARACTERS_PER_WORD
  if (field.count === 0 || cropLength < 1)
    return { start: 0, end: safeEnd(text, 0, Math.min(text.length, charactersMax)) }
  const [first, last] = widen(field, densest(field, wordWeights, cropLength, charactersMax), cropLength, charactersMax)
  const start = openingEdge(text, field, first)
  const end = Math.min(closingEdge(text, field, last), start + charactersMax)
  return { start, end: safeEnd(text, start, Math.max(start, end)) }
}

type Window = readonly [first: number, last: number]

/** The tokens from the first to the last of the closest group of matches that carries most weight. */
function densest(
  field: LocatedField,
  wordWeights: readonly number[],
  cropLength: number,
  charactersMax: number,
): Window {
  const { matches, matchedWords, starts, ends } = field
  const occurrences = occurrencesByWord(matchedWords)
  let best: Window = [0, 0]
  let bestWeight = Number.NEGATIVE_INFINITY
  let end = 0
  for (let from = 0; from < matches.length; from++) {
    const first = matches[from] as number
    const isNear = (token: number): boolean =>
      token - first < cropLength && (ends[token] as number) - (starts[first] as number) <= charactersMax / 2
    // the window only ever moves forward
    end = Math.max(end, from + 1)
    while (end < matches.length && isNear(matches[end] as number)) end += 1
    let weight = 0
    let last = from
    for (const { word, at } of occurrences) {
      while ((at.list[at.next] ?? end) < from) at.next += 1
      const next = at.list[at.next]
      if (next === undefined || next >= end) continue
      weight += wordWeights[word] ?? 0
      last = Math.max(last, next)
    }
    const window = [first, matches[last] as number] as const
    const closer = weight === bestWeight && window[1] - window[0] < best[1] - best[0]
    if (weight > bestWeight || closer) {
      best = window
      bestWeight = weight
    }
  }
  return best
}

/** For each word among the matches the matches it has, ascending, and a place to remember how far they have been read. */
function occurrencesByWord(
  matchedWords: readonly number[],
): readonly { readonly word: number; readonly at: { readonly list: number[]; next: number } }[] {
  const lists = new Map<number, number[]>()
  for (const [match, word] of matchedWords.entries()) {
    const list = lists.get(word)
    if (list === undefined) lists.set(word, [match])
    else list.push(match)
  }
  return [...lists].map(([word, list]) => ({ word, at: { list, next: 0 } }))
}

/** Adds the words around: back to the beginning of the sentence where it is near, on to the end of one. */
function widen(field: LocatedField, core: Window, cropLength: number, charactersMax: number): Window {
  const { starts, ends, sentences, count } = field
  let [first, last] = core
  const fits = (from: number, to: number): boolean =>
    to - from < cropLength && (ends[to] as number) - (starts[from] as number) <= charactersMax
  const sentence = sentenceStart(sentences, first)
  const lead = Math.floor((cropLength - (last - first + 1)) * LEAD_SHARE)
  if (fits(sentence, last)) first = sentence
  else for (let i = 0; i < lead && first > 0 && fits(first - 1, last); i++) first -= 1
  while (last + 1 < count && fits(first, last + 1)) last += 1
  // the text ended before the words were used up: show more of what stands before
  while (last + 1 === count && first > 0) {
    const before = sentenceStart(sentences, first - 1)
    if (!fits(before, last)) break
    first = before
  }
  if (last + 1 < count) {
    const least = Math.max(core[1], first + Math.floor(cropLength * CLOSING_SHARE))
    for (let end = last; end >= least; end--) if (sentences[end + 1] === 1) return [first, end]
  }
  return [first, last]
}

function sentenceStart(sentences: Uint8Array, token: number): number {
  let start = token
  while (start > 0 && sentences[start] !== 1) start -= 1
  return start
}

function openingEdge(text: string, field: LocatedField, first: number): number {
  const start = field.starts[first] as number
  if (first === 0 && start <= REST_CHARACTERS_MAX) return 0
  let edge = start
  while (edge > 0 && start - edge < EDGE_CHARACTERS_MAX && OPENING.test(text[edge - 1] as string)) edge -= 1
  return edge
}

function closingEdge(text: string, field: LocatedField, last: number): number {
  const end = field.ends[last] as number
  if (last + 1 === field.count && text.length - end <= REST_CHARACTERS_MAX) return text.length
  let edge = end
  while (edge < text.length && edge - end < EDGE_CHARACTERS_MAX && CLOSING.test(text[edge] as string)) edge += 1
  // a mark on the last stop would be cut off from it
  return edge > end && edge < text.length && classOf(text.codePointAt(edge) as number) === EXTEND ? end : edge
}

const graphemes = new Intl.Segmenter('de', { granularity: 'grapheme' })
/** Longer graphemes than this are only made to do harm. */
const GRAPHEME_MAX = 200

/** `end`, or the last border between graphemes before it where it would cut one. */
function safeEnd(text: string, start: number, end: number): number {
  if (end >= text.length) return text.length
  const from = Math.max(start, end - GRAPHEME_MAX)
  const around = graphemes.segment(text.slice(from, end + GRAPHEME_MAX)).containing(end - from)
  return around === undefined ? end : from + around.index
}
