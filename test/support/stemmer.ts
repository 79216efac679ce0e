import { createRequire } from 'node:module'
import snowball from 'snowball-stemmers'
import { stem } from '../../src/analysis/german/stem.ts'

const authority = snowball.newStemmer('german')

/** The stem by the package that our stemmer must equal. */
export const snowballStem = (word: string): string => authority.stem(word)

/** Of every n-th word of the list behind the lexicon, those that have another stem by the package: as they are written and in lower case. */
export function stemmedOtherwise(every: number): { readonly compared: number; readonly different: readonly string[] } {
  const list = createRequire(import.meta.url)('all-the-german-words') as readonly string[]
  const different: string[] = []
  let compared = 0
  for (let i = 0; i < list.length; i += every) {
    const written = list[i] as string
    for (const word of new Set([written, written.toLowerCase()])) {
      compared += 1
      if (stem(word) !== snowballStem(word)) different.push(word)
    }
  }
  return { compared, different }
}
