import snowball from 'snowball-stemmers'

const german = snowball.newStemmer('german')

/** The Snowball stem of a folded, lower-case word. Slow (microseconds): callers remember the result for each word form. */
export function stem(word: string): string {
  return german.stem(word)
}
