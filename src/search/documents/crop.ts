import type { MarkedWords } from './word-marks.ts'

/** A stretch of a text, in UTF-16 units. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** Between two words of one part of a sentence; whatever else stands there parts more. */
const SOFT = /^[ \t\u00a0\-_'’]*$/

/**
 * The stretch of a text that is shown where it is to have so many words at most: around the place with most words of the query, widened by a
 * word on either side in turns, rather within the sentence than beyond a comma or a full stop. Without a match: the beginning.
 * @param length words; at least 1
 */
export function croppedTo(text: string, words: MarkedWords, length: number): Stretch {
  const { count } = words
  if (count <= length) return { start: 0, end: text.length }
  let [first, last] = bestPlace(words, length)
  const isSoft = (token: number): boolean => SOFT.test(text.slice(words.endOf(token), words.startOf(token + 1)))
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
  return {
    start: first === 0 ? 0 : words.startOf(first),
    end: last === count - 1 ? text.length : words.endOf(last),
  }
}

/** The first and the last match of the place that has most different words of the query, then most of them, then the first such place. */
function bestPlace({ matches, matchedWords }: MarkedWords, length: number): [first: number, last: number] {
  let best: [number, number] = [0, Math.max(0, length - 1)]
  let [distinctMost, most] = [0, 0]
  const counts = new Map<number, number>()
  let from = 0
  for (let to = 0; to < matches.length; to++) {
    const entered = matchedWords[to] as number
    counts.set(entered, (counts.get(entered) ?? 0) + 1)
    while ((matches[to] as number) - (matches[from] as number) >= length) {
      const word = matchedWords[from] as number
      const count = (counts.get(word) as number) - 1
      if (count === 0) counts.delete(word)
      else counts.set(word, count)
      from += 1
    }
    const all = to - from + 1
    if (counts.size < distinctMost || (counts.size === distinctMost && all <= most)) continue
    best = [matches[from] as number, matches[to] as number]
    distinctMost = counts.size
    most = all
  }
  return best
}
