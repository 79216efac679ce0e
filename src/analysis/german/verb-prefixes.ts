/** By their first two letters, the longest first. */
type Prefixes = ReadonlyMap<string, readonly string[]>

function list(words: string): Prefixes {
  const prefixes = new Map<string, string[]>()
  for (const prefix of words.split(/\s+/).sort((a, b) => b.length - a.length)) {
    const begin = prefix.slice(0, 2)
    prefixes.set(begin, [...(prefixes.get(begin) ?? []), prefix])
  }
  return prefixes
}

/** The prefixes that a word begins with, the longest first. */
export function prefixesOf(key: string, prefixes: Prefixes): readonly string[] {
  return prefixes.get(key.slice(0, 2))?.filter((prefix) => key.startsWith(prefix)) ?? []
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

const PARTICLES = new Set([...SEPARABLE.values()].flat())

/** Whether a word as it is written is a prefix that parts from its verb. */
export const isParticle = (surface: string): boolean => PARTICLES.has(surface)
