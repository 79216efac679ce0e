/** Numbers from 0 to below 1, always the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const SYLLABLES =
  'ber gen hau stra wal müh ler fisch land wirt schaft turm see boot luft rad weg bach tal kir che'.split(' ')

/** A German-looking article: a title, some 120 words, and one word that only this article has in this version. */
export function generatedArticle(number: number, version: number, random: () => number): string {
  const pick = (): string => SYLLABLES[Math.floor(random() * SYLLABLES.length)] as string
  const word = (): string => {
    const joined = pick() + pick() + (random() < 0.3 ? pick() : '')
    return random() < 0.4 ? joined.charAt(0).toUpperCase() + joined.slice(1) : joined
  }
  const words = Array.from({ length: 120 }, (_, i) => word() + (i % 12 === 11 ? '.' : ''))
  return `${word()} ${word()}\n\n${keywordOf(number, version)} Grundwort ${words.join(' ')}\n`
}

export const keywordOf = (number: number, version: number): string => `Kennwort${number}x${version}`
