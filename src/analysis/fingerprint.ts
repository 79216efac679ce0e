import { fingerprintOf } from '../fingerprint.ts'
import { lexiconDigest } from './lexicon-file.ts'

/** The fingerprint of everything terms depend on: this folder's code and data, the lexicon, Node's Unicode tables. */
export function analysisFingerprint(): string {
  return fingerprintOf([new URL('.', import.meta.url)], process.versions['unicode'] ?? '', lexiconDigest())
}
