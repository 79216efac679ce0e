/** A word in another spelling that can be led back to the one it was written in. */
export interface Respelling {
  readonly key: string
  /** For each letter of it, and its end, where that stands in the word as it was written; null where each stands at its own place. */
  readonly offsets: readonly number[] | null
}

/** The word as it is. */
export const asWritten = (word: string): Respelling => ({ key: word, offsets: null })

/** Where a letter stands in the word as it was written. */
export const offsetOf = ({ offsets }: Respelling, letter: number): number =>
  offsets === null ? letter : (offsets[letter] as number)

/**
 * Replaces each match of a global pattern. The letters that take a match's place stand where its letters stood, one by one; what
 * is left over of either stands at the match's last letter.
 */
export function respell(
  written: Respelling,
  pattern: RegExp,
  replacement: (match: string, groups: readonly (string | undefined)[]) => string,
): Respelling {
  const { key: word } = written
  let key = ''
  const offsets: number[] = []
  let done = 0
  const copy = (end: number): void => {
    for (; done < end; done++) offsets.push(offsetOf(written, done))
  }
  for (const found of word.matchAll(pattern)) {
    const { 0: match, index } = found
    const letters = replacement(match, found.slice(1))
    key += word.slice(done, index) + letters
    copy(index)
    for (let i = 0; i < letters.length; i++) offsets.push(offsetOf(written, index + Math.min(i, match.length - 1)))
    done = index + match.length
  }
  key += word.slice(done)
  copy(word.length + 1)
  return { key, offsets }
}
