import type { LocatedField } from '../match/locate.ts'
import type { Mark } from './mark.ts'

/** So many letters at the beginning tell whether a value is what a text was made of. */
const TOLD_BY = 60
/** They are looked for in so many characters; in more where markup may stand before them. */
const LOOKED_AT = 200
const LOOKED_AT_MARKED = 2000

/**
 * A text of an article with the words that were found in it. A value of its document may be that text as it is, or with other blanks and with markup: the
 * same words stand there in the same order.
 */
export class IndexedText {
  readonly #length: number
  readonly #read: () => string
  readonly #field: LocatedField
  #marks: readonly Mark[] | undefined

  /** @param read gives the text; it is asked where it is needed */
  constructor(length: number, read: () => string, field: LocatedField) {
    this.#length = length
    this.#read = read
    this.#field = field
  }

  /**
   * Where the words stand in a value; null where it is another text.
   * @param mayDiffer whether the text may be this one with other blanks and markup
   */
  marksIn(value: string, mayDiffer: boolean): readonly Mark[] | null {
    // a text that nothing was read of tells nothing
    if (this.#length === 0 || this.#field.count === 0) return null
    if (value.length === this.#length && value === this.#read()) return this.#own()
    if (!mayDiffer || this.#length < TOLD_BY) return null
    if (beginningOf(value) !== beginningOf(this.#read())) return null
    return this.#foundIn(value)
  }

  #own(): readonly Mark[] {
    const field = this.#field
    const isOfPhrase = (i: number): boolean => field.matchedKinds[i] === 'phrase'
    this.#marks ??= field.matches.map((token, i) => ({
      start: field.startOf(token),
      end: field.endOf(token),
      word: field.matchedWords[i] as number,
      isJoined: isOfPhrase(i) && isOfPhrase(i - 1) && field.matches[i - 1] === token - 1,
    }))
    return this.#marks
  }

  /** The same words, each behind the one before it. */
  #foundIn(value: string): Mark[] {
    const text = this.#read()
    const found: Mark[] = []
    let from = 0
    for (const { start, end, ...mark } of this.#own()) {
      const surface = text.slice(start, end)
      const at = wordAt(value, surface, from)
      if (at < 0) continue
      from = at + surface.length
      found.push({ ...mark, start: at, end: from })
    }
    return found
  }
}

/** The first letters and digits, without what stands in tags. */
function beginningOf(text: string): string {
  const isMarked = text.slice(0, LOOKED_AT).includes('<')
  const looked = text.slice(0, isMarked ? LOOKED_AT_MARKED : LOOKED_AT).replace(/<[^<>]*>/g, '')
  return looked.replace(/[^\p{L}\p{N}]+/gu, '').slice(0, TOLD_BY)
}

const INNER = /[\p{L}\p{N}]/u

/** Where a word stands that no letter or digit stands beside, outside of tags; -1 for nowhere. */
function wordAt(text: string, word: string, from: number): number {
  let at = text.indexOf(word, from)
  while (at >= 0) {
    const end = at + word.length
    const isWhole = !INNER.test(text.slice(Math.max(0, at - 1), at)) && !INNER.test(text.slice(end, end + 1))
    if (isWhole && !isInTag(text, at)) return at
    at = text.indexOf(word, end)
  }
  return -1
}

/** A tag is no longer. */
const TAG_LENGTH_MAX = 1000

function isInTag(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - TAG_LENGTH_MAX), at)
  const opened = before.lastIndexOf('<')
  return opened >= 0 && opened > before.lastIndexOf('>') && /^<[a-z/!]/i.test(before.slice(opened, opened + 2))
}
