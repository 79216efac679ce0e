import { builtFingerprint } from '../fingerprint.ts'

/**
 * The fingerprint of everything that finds files and makes articles of them: when it changes, files are read again although they
 * look the same.
 */
export const readersFingerprint = (): string => builtFingerprint('readers')
