import snowball from 'snowball-stemmers'
import { Memo } from './memo.ts'

const german = snowball.newStemmer('german')

/** About 150 bytes each. */
const STEMS_MAX = 2 ** 16
const stems = new Memo<string>(STEMS_MAX)

/** The Snowball stem of a folded, lower-case word. What Snowball compiles to takes ten microseconds, so stems are remembered. */
export function stem(word: string): string {
  return stems.get(word, () => german.stem(word))
}
