import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/**
 * A hash of the program files of one folder and of whatever else is given. What was derived by other code has another
 * fingerprint and is made anew, without anyone having to remember to count a version up.
 */
export function fingerprintOf(folder: URL, ...more: readonly string[]): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).filter(isProgram).sort()) {
    hash.update(name).update(readFileSync(new URL(name, folder)))
  }
  for (const text of more) hash.update('\0').update(text)
  return hash.digest('hex').slice(0, 16)
}

const isProgram = (name: string): boolean => /\.[jt]s$/.test(name) && !name.endsWith('.d.ts')
