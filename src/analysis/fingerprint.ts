import { createRequire } from 'node:module'
import { fingerprintOf } from '../fingerprint.ts'
import { lexiconDigest } from './lexicon-file.ts'

/** The fingerprint of everything terms depend on: the code and data here, the lexicon, the stemmer's version, Node's Unicode tables. */
export function analysisFingerprint(): string {
  const stemmer = createRequire(import.meta.url)('snowball-stemmers/package.json') as { version: string }
  return fingerprintOf(
    [new URL('.', import.meta.url), new URL('context/', import.meta.url)],
    stemmer.version,
    process.versions['unicode'] ?? '',
    lexiconDigest(),
  )
}
