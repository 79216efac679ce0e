/** By the last five bits of each of their first two letters, the longest first. */
type Prefixes = readonly (readonly string[] | undefined)[]

const NONE: readonly string[] = []

function list(words: string): Prefixes {
  const prefixes: string[][] = []
  for (const prefix of words.split(/\s+/).sort((a, b) => b.length - a.length)) {
    const begin = beginOf(prefix)
    prefixes[begin] = [...(prefixes[begin] ?? []), prefix]
  }
  return Array.from({ length: 1 << 10 }, (_, begin) => prefixes[begin])
}

const beginOf = (word: string): number => ((word.charCodeAt(0) & 31) << 5) | (word.charCodeAt(1) & 31)

/** The prefixes that a word begins with, the longest first. */
export function prefixesOf(key: string, prefixes: Prefixes): readonly string[] {
  const candidates = prefixes[beginOf(key)]
  return candidates === undefined ? NONE : candidates.filter((prefix) => key.startsWith(prefix))
}

/** Prefixes that part from their verb: abgeholt, abzuholen. */
export const SEPARABLE =
  list(`ab an auf aus auseinander bei bekannt bereit bloss da dar davon dazu durch ein empor entgegen entlang fehl
  fern fest fort frei gegen gegenüber gleich gut heim her herab heran herauf heraus herbei herein herüber herum herunter hervor hin
  hinab hinan hinauf hinaus hinein hinterher hinüber hinunter hinweg hinzu hoch kennen kurz los mit nach nahe nieder rein sicher
  stand statt still teil tot über überein um umher unter vor voran voraus vorbei vorher vorüber wahr weg weiter wett wider wieder
  zu zurecht zurück zusammen zuvor`)

/** Prefixes that stay: their participles have no ge-. */
export const INSEPARABLE = list('be emp ent er ge hinter miss über um unter ver voll wider wieder zer durch')

const PARTICLES = new Set(SEPARABLE.flatMap((prefixes) => prefixes ?? []))

/** Whether a word as it is written is a prefix that parts from its verb. */
export const isParticle = (surface: string): boolean => PARTICLES.has(surface)
