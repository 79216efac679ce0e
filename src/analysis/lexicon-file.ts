import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { Lexicon } from './lexicon/lexicon.ts'

/** Where the build leaves the compiled lexicon: beside this file, or, while this file runs uncompiled, where it would be then. */
const PLACES = ['lexicon.bin', '../../dist/analysis/lexicon.bin'].map((place) => new URL(place, import.meta.url))

/** @throws Error where the project has not been built */
export const readLexicon = (): Lexicon => Lexicon.parse(readFileSync(place()))

/** Two lexicons of the same digest are the same. */
export const lexiconDigest = (): string => createHash('sha256').update(readFileSync(place())).digest('hex')

function place(): URL {
  const found = PLACES.find((one) => existsSync(one))
  if (found === undefined) throw new Error('the compiled lexicon is missing: npm run build makes it')
  return found
}
