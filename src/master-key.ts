import { readFileSync } from 'node:fs'
import { isLoopback } from './address-ranges.ts'
import type { Config } from './config.ts'
import { FundstelleError } from './errors.ts'
import { systemReason } from './system-reason.ts'

/** Fewer can be guessed. */
export const MASTER_KEY_BYTES_MIN = 16
const BYTES_MAX = 1024

/** What every client sends in a header in the same way. */
const VISIBLE = /^[\x21-\x7e]*$/

/**
 * The master key that is set, from the environment or from its file; null for none. No error repeats it.
 * @throws FundstelleError `master_key_twice`, `master_key_unreadable` or `master_key_unusable`
 */
export function masterKeyOf({
  masterKey,
  masterKeyFile: path,
}: Pick<Config, 'masterKey' | 'masterKeyFile'>): string | null {
  if (path === null) return masterKey === null ? null : usable(masterKey, 'FUNDSTELLE_MASTER_KEY')
  if (masterKey !== null) throw new FundstelleError('master_key_twice')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new FundstelleError('master_key_unreadable', { path, reason: systemReason(error) }, { cause: error })
  }
  const key = usable(text.trim(), path)
  if (key === '') throw unusable(path, { de: 'kein Zeichen', en: 'no character' })
  return key
}

function usable(key: string, from: string): string {
  if (key.length > BYTES_MAX) throw unusable(from, { de: `${key.length} Zeichen`, en: `${key.length} characters` })
  if (!VISIBLE.test(key)) throw unusable(from, { de: 'andere Zeichen', en: 'other characters' })
  return key
}

const unusable = (from: string, got: { de: string; en: string }): FundstelleError =>
  new FundstelleError('master_key_unusable', { from, got, max: BYTES_MAX })

/**
 * Whether a master key is long enough for a server on an address. Where only this machine reaches it a short one will do.
 * @throws FundstelleError `master_key_short`
 */
export function isLongEnough(key: string, host: string): boolean {
  if (key.length >= MASTER_KEY_BYTES_MIN) return true
  if (isLoopback(host)) return false
  throw new FundstelleError('master_key_short', { bytes: key.length, host, min: MASTER_KEY_BYTES_MIN })
}
