const VOWELS = 'aeiouyäöü'
/** What stands before an s, or an st, that is an ending. */
const BEFORE_S = 'bdfghklmnrt'
const BEFORE_ST = 'bdfghklmnt'
/** No letters before this place are taken for an ending. */
const FIRST_END_MIN = 3

// each alternative that is longer than another of the same end comes to it first: a match begins as far left as it can
const FIRST = /(?:(em|ern|er)|(e|en|es)|s)$/
const SECOND = /(?:(en|er|est)|st)$/
const THIRD = /(?:(end|ung)|(ig|ik|isch)|(lich|heit)|keit)$/
const MARKED = /[äöüUY]/g
const PLAIN: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u', U: 'u', Y: 'y' }

/**
 * The Snowball stem of a lower-case word: the German algorithm of Snowball 2 (snowballstem.org/algorithms/german), step by step.
 * Written out, for what Snowball compiles to is ten times as slow.
 */
export function stem(word: string): string {
  let rest = /ß/.test(word) ? word.replaceAll('ß', 'ss') : word
  if (/[uy]/.test(rest)) rest = withConsonants(rest)
  const afterFirst = regionAfter(rest, 0)
  const first = Math.max(afterFirst, FIRST_END_MIN)
  const second = regionAfter(rest, afterFirst)
  return cutThird(cutSecond(cutFirst(rest, first), first), first, second).replace(
    MARKED,
    (letter) => PLAIN[letter] as string,
  )
}

const isVowel = (letter: string | undefined): boolean => letter !== undefined && VOWELS.includes(letter)

/** A u or y between vowels counts as a consonant, written as a capital. */
function withConsonants(word: string): string {
  let marked = word.slice(0, 1)
  for (let i = 1; i < word.length; i++) {
    const letter = word[i] as string
    const consonant = (letter === 'u' || letter === 'y') && isVowel(marked[i - 1]) && isVowel(word[i + 1])
    marked += consonant ? letter.toUpperCase() : letter
  }
  return marked
}

/** Where the region begins after the first consonant that follows a vowel, from `start` on; the end where there is none. */
function regionAfter(word: string, start: number): number {
  let at = start
  while (at < word.length && !isVowel(word[at])) at += 1
  while (at < word.length && isVowel(word[at])) at += 1
  return Math.min(at + 1, word.length)
}

function cutFirst(word: string, region: number): string {
  const ending = FIRST.exec(word)
  if (ending === null || ending.index < region) return word
  const rest = word.slice(0, ending.index)
  if (ending[1] !== undefined) return rest
  if (ending[2] !== undefined) return rest.endsWith('niss') ? rest.slice(0, -1) : rest
  return BEFORE_S.includes(rest[rest.length - 1] as string) ? rest : word
}

function cutSecond(word: string, region: number): string {
  const ending = SECOND.exec(word)
  if (ending === null || ending.index < region) return word
  const rest = word.slice(0, ending.index)
  if (ending[1] !== undefined) return rest
  return rest.length > FIRST_END_MIN && BEFORE_ST.includes(rest[rest.length - 1] as string) ? rest : word
}

function cutThird(word: string, first: number, second: number): string {
  const ending = THIRD.exec(word)
  if (ending === null || ending.index < second) return word
  const rest = word.slice(0, ending.index)
  const cut = (more: RegExp, region: number): string => {
    const { index } = more.exec(rest) ?? { index: -1 }
    return index >= region ? rest.slice(0, index) : rest
  }
  if (ending[1] !== undefined) return cut(/(?<!e)ig$/, second)
  if (ending[2] !== undefined) return rest.endsWith('e') ? word : rest
  return ending[3] !== undefined ? cut(/(?:er|en)$/, first) : cut(/(?:lich|ig)$/, second)
}
