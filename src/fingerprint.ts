import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { FundstelleError } from './errors.ts'

const LENGTH = 16

/** A hash of some texts in their order, in hexadecimal. Where one text ends and the next begins counts too. */
export function digestOf(...texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, LENGTH)
}

/** What of the program has a fingerprint: what an index is made by, what files are read by, all that answers are made by. */
export type Fingerprinted = 'index' | 'readers' | 'program'

/** Where the build leaves them: in `dist`, which is this file's folder once it is compiled. */
const PLACES = ['fingerprints.json', '../dist/fingerprints.json'].map((place) => new URL(place, import.meta.url))

/**
 * The fingerprint of a part of the program's code: everything that it imports, worked out by the build
 * (scripts/fingerprints.mjs), and nothing that was listed by hand.
 * @param places where the build's file may stand; the first that is there counts
 * @throws FundstelleError `build_incomplete` where the build left none
 */
export function builtFingerprint(of: Fingerprinted, places: readonly URL[] = PLACES): string {
  const place = places.find((one) => existsSync(one))
  const found = place === undefined ? undefined : parsed(readFileSync(place, 'utf8'))[of]
  if (typeof found === 'string' && found !== '') return found
  throw new FundstelleError('build_incomplete', { file: (place ?? places[0])?.pathname ?? '', missing: of })
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text) as Record<string, unknown> | null) ?? {}
  } catch {
    return {}
  }
}

/** The fingerprint of everything that decides how a request is answered from a given index: our code, and Node's with its tables. */
export const programFingerprint = (): string => digestOf(builtFingerprint('program'), process.version)
