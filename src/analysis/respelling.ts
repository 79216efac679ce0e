/** A word in another spelling that can be led back to the one it was written in. */
export interface Respelling {
  readonly key: string
  /** For each letter of it, and its end, where that stands in the word as it was written. */
  readonly places: readonly number[]
}

/** The word as it is. */
export function asWritten(word: string): Respelling {
  return { key: word, places: Array.from({ length: word.length + 1 }, (_, place) => place) }
}

/**
 * Replaces each match of a global pattern. The letters that take a match's place stand where its letters stood, one by one; what
 * is left over of either stands at the match's last letter.
 */
export function respell(
  { key: word, places }: Respelling,
  pattern: RegExp,
  replacement: (match: string, groups: readonly (string | undefined)[]) => string,
): Respelling {
  let key = ''
  const moved: number[] = []
  let done = 0
  for (const found of word.matchAll(pattern)) {
    const { 0: match, index } = found
    const letters = replacement(match, found.slice(1))
    key += word.slice(done, index) + letters
    moved.push(...places.slice(done, index))
    for (let i = 0; i < letters.length; i++) moved.push(places[index + Math.min(i, match.length - 1)] as number)
    done = index + match.length
  }
  return { key: key + word.slice(done), places: [...moved, ...places.slice(done)] }
}
