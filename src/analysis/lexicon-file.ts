import { existsSync } from 'node:fs'
import { Lexicon } from './lexicon.ts'

/** Where the build leaves the compiled lexicon: beside this file, or, when this file runs uncompiled, where it would be then. */
export const LEXICON_FILE = [new URL('lexicon.bin', import.meta.url), new URL('../../dist/analysis/lexicon.bin', import.meta.url)].find(
  (place) => existsSync(place),
)

/** @throws Error where the project has not been built */
export function readLexicon(): Lexicon {
  if (LEXICON_FILE === undefined) throw new Error('the compiled lexicon is missing: run `npm run build`')
  return Lexicon.read(LEXICON_FILE)
}
