import { tokenize } from '../../analysis/tokenizer/tokenize.ts'
import type { Mark } from './mark.ts'

/** A stretch of a text, in UTF-16 units. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** Between two words of one part of a sentence; whatever else stands there parts more. */
const SOFT = /^[ \t\u00a0\-_'’]*$/
/** Texts up to this length are cut into words as a whole; of longer ones what lies around the place that is shown. In UTF-16 units. */
const WHOLE_LENGTH_MAX = 4000
/** Characters that are looked at for each word that is shown: only hostile texts have longer words. */
const CHARACTERS_PER_WORD = 32

/**
 * The stretch of a text that is shown where it is to have so many words at most: around the place with most words of the query, widened by a
 * word on either side in turns, rather within the sentence than beyond a comma or a full stop. Without a match: the beginning.
 * @param marks the words of the query in it, ascending
 * @param length words; at least 1
 */
export function croppedTo(text: string, marks: readonly Mark[], length: number): Stretch {
  const area = text.length <= WHOLE_LENGTH_MAX ? { start: 0, end: text.length } : areaOf(text, marks, length)
  const words = wordsIn(text, area)
  const count = words.length
  const isWhole = area.start === 0 && area.end === text.length
  if (count <= length) return isWhole || count === 0 ? area : stretchOf(0, count - 1)
  let [first, last] = bestPlace(words, marks, length)
  const isSoft = (word: number): boolean => SOFT.test(text.slice(words[word]?.end, words[word + 1]?.start))
  let left = length - (last - first + 1)
  while (left > 0 && (first > 0 || last < count - 1)) {
    const [hasBefore, hasAfter] = [first > 0, last < count - 1]
    const [softBefore, softAfter] = [hasBefore && isSoft(first - 1), hasAfter && isSoft(last)]
    const goesBefore = hasBefore && (!hasAfter || softBefore || !softAfter)
    const goesAfter = hasAfter && (!hasBefore || softAfter || !softBefore)
    if (goesBefore) {
      first -= 1
      left -= 1
    }
    if (goesAfter && left > 0) {
      last += 1
      left -= 1
    }
  }
  return stretchOf(first, last)

  /** What stands before the first word of a text, and behind its last one, belongs to it. */
  function stretchOf(from: number, to: number): Stretch {
    const start = from === 0 && area.start === 0 ? 0 : (words[from] as Stretch).start
    const end = to === count - 1 && area.end === text.length ? text.length : (words[to] as Stretch).end
    return { start, end }
  }
}

/** What of a long text is looked at: around the stretch of some length that has most different words of the query. */
function areaOf(text: string, marks: readonly Mark[], length: number): Stretch {
  const around = length * CHARACTERS_PER_WORD
  const [first, last] = densest(marks, (from, to) => (marks[to] as Mark).end - (marks[from] as Mark).start > around)
  const [start, end] = marks.length === 0 ? [0, 0] : [(marks[first] as Mark).start, (marks[last] as Mark).end]
  return { start: blankBefore(text, start - around), end: blankBehind(text, end + around) }
}

function wordsIn(text: string, { start, end }: Stretch): Stretch[] {
  const words: Stretch[] = []
  tokenize(text.slice(start, end), (from, to) => words.push({ start: start + from, end: start + to }))
  return words
}

/** The first and the last word of the best place among words. */
function bestPlace(words: readonly Stretch[], marks: readonly Mark[], length: number): [first: number, last: number] {
  const places = new Map(words.map(({ start }, at) => [start, at]))
  const placed = marks.filter(({ start }) => places.has(start))
  if (placed.length === 0) return [0, length - 1]
  const placeOf = (at: number): number => places.get((placed[at] as Mark).start) as number
  const [first, last] = densest(placed, (from, to) => placeOf(to) - placeOf(from) >= length)
  return [placeOf(first), placeOf(last)]
}

/**
 * Of some marks those in a row that have most different words of the query, then most marks, then come first.
 * @param isTooFar whether two of them cannot be shown together
 */
function densest(marks: readonly Mark[], isTooFar: (from: number, to: number) => boolean): [number, number] {
  let best: [number, number] = [0, 0]
  let [distinctMost, most] = [0, 0]
  const counts = new Map<number, number>()
  let from = 0
  for (let to = 0; to < marks.length; to++) {
    const { word } = marks[to] as Mark
    counts.set(word, (counts.get(word) ?? 0) + 1)
    while (from < to && isTooFar(from, to)) {
      const { word: gone } = marks[from] as Mark
      const count = (counts.get(gone) as number) - 1
      if (count === 0) counts.delete(gone)
      else counts.set(gone, count)
      from += 1
    }
    const all = to - from + 1
    if (counts.size < distinctMost || (counts.size === distinctMost && all <= most)) continue
    best = [from, to]
    distinctMost = counts.size
    most = all
  }
  return best
}

const BLANK = /\s/

/** A blank is not far: words are cut in two only where there is none. */
const NEAR = 100

function blankBefore(text: string, at: number): number {
  if (at <= 0) return 0
  for (let back = at; back > at - NEAR && back > 0; back--) if (BLANK.test(text[back - 1] as string)) return back
  return at
}

function blankBehind(text: string, at: number): number {
  if (at >= text.length) return text.length
  for (let on = at; on < at + NEAR && on < text.length; on++) if (BLANK.test(text[on] as string)) return on
  return at
}
