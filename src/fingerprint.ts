import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/**
 * A hash of program files and of whatever else is given. What was derived by other code has another fingerprint and is made
 * anew, without anyone having to remember to count a version up.
 * @param places folders (ending in `/`: every program file in them) and single files, without their ending
 */
export function fingerprintOf(places: readonly URL[], ...more: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of places.flatMap(programsOf))
    hash.update(file.pathname.split('/').at(-1) as string).update(readFileSync(file))
  for (const text of more) hash.update('\0').update(text)
  return hash.digest('hex').slice(0, 16)
}

function programsOf(place: URL): URL[] {
  const name = place.pathname.split('/').at(-1) as string
  const names = readdirSync(new URL('.', place)).filter(isProgram).sort()
  return names.filter((one) => name === '' || one.slice(0, -3) === name).map((one) => new URL(one, place))
}

const isProgram = (name: string): boolean => /\.[jt]s$/.test(name) && !name.endsWith('.d.ts')
