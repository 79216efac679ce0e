import { fingerprintOf } from '../fingerprint.ts'

/** The fingerprint of the readers' code: when it changes, files are read again although they look the same. */
export function readersFingerprint(): string {
  return fingerprintOf([new URL('.', import.meta.url)])
}
