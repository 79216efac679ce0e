import { keyOfForm } from '../analysis/word.ts'
import type { ArticleIndex } from './article-index.ts'
import { FORM_MASK } from './forward.ts'

/** Which articles are the same. */
export interface Groups {
  /** By ordinal the number of the group, or ALONE. */
  readonly of: Int32Array
  /** All numbers are below. */
  readonly count: number
}
export const ALONE = -1

/** Words a shingle is made of. */
const SHINGLE = 3
/** Shorter articles have too few shingles to tell by. */
const WORDS_MIN = 30
/** So large a share of all shingles of two articles must be in both. */
const SHARE_MIN = 0.7
/** Bands of two hashes each: two articles that have seven tenths in common miss each other in one of 200 pairs. */
const BANDS = 8
const ROWS = 2
const HASHES = BANDS * ROWS
const SAME_MIN = 6
/** Ordinals and the hash of a band are packed into one number of 53 bits. */
const ORDINAL_SPAN = 2 ** 21
/** Articles with the same band are compared with so many before them: a band that thousands share tells nothing. */
const COMPARED_MAX = 32
/** Who was compared with so many it is not like is one of many made from the same form; more of them tell nothing. */
const MISSES_MAX = 16
const SORTED_MAX = 256

/** Finds articles that are the same, or nearly so. What it found is kept until articles come or go. */
export class Duplicates {
  readonly #index: ArticleIndex
  #exact: { readonly state: string; readonly groups: Groups } | null = null
  #near: { readonly state: string; readonly groups: Groups } | null = null
  /** By form a hash of its spelling. */
  #formHashes = new Uint32Array(0)
  #hashedForms = 0
  /** HASHES numbers an article; articles never change, so those known stay. */
  #signatures = new Uint32Array(0)
  #signed = 0
  /** Shingles of articles that were compared just now. */
  readonly #sorted = new Map<number, Uint32Array>()
  /** Of one article's shingles. */
  #hashes = new Uint32Array(1024)

  constructor(index: ArticleIndex) {
    this.#index = index
  }

  get #state(): string {
    const { size, living } = this.#index.documents
    return `${size} ${living}`
  }

  /** Articles with the same title and text. Takes n log n time when articles came or went. */
  exact(): Groups {
    const state = this.#state
    if (this.#exact?.state !== state) this.#exact = { state, groups: this.#findExact() }
    return this.#exact.groups
  }

  /**
   * The same, and those of thirty words and more of which seven tenths of all runs of three words are the same (Broder 1997: min-wise
   * hashes find the pairs, the runs themselves are compared). Who is nearly the same as one of a group belongs to it.
   */
  near(): Groups {
    const state = this.#state
    if (this.#near?.state !== state) this.#near = { state, groups: this.#findNear() }
    return this.#near.groups
  }

  /** The living articles that are the same as one, or nearly so. Takes one look at every signature. */
  alike(ordinal: number): number[] {
    this.sign(Number.POSITIVE_INFINITY)
    const { contents, dead, size } = this.#index.documents
    const isSigned = this.#signatures[ordinal * HASHES] !== 0
    const found: number[] = []
    for (let other = 0; other < size; other++) {
      if (other === ordinal || dead[other] === 1) continue
      const isSame = contents[other] === contents[ordinal]
      if (isSame || (isSigned && this.#mayBeNear(ordinal, other) && this.#isNear(ordinal, other))) found.push(other)
    }
    return found
  }

  #findExact(): Groups {
    const { contents, dead, size } = this.#index.documents
    const groups = new Int32Array(size).fill(ALONE)
    const order = livingOrdinals(dead, size).sort((a, b) => (contents[a] as number) - (contents[b] as number) || a - b)
    for (let at = 1; at < order.length; at++) {
      const [before, ordinal] = [order[at - 1] as number, order[at] as number]
      if (contents[before] !== contents[ordinal]) continue
      if (groups[before] === ALONE) groups[before] = before
      groups[ordinal] = groups[before] as number
    }
    return { of: groups, count: size }
  }

  #findNear(): Groups {
    const { dead, size } = this.#index.documents
    const exact = this.exact().of
    const parents = Int32Array.from({ length: size }, (_, ordinal) =>
      exact[ordinal] === ALONE ? ordinal : (exact[ordinal] as number),
    )
    this.sign(Number.POSITIVE_INFINITY)
    const signatures = this.#signatures
    const living = livingOrdinals(dead, size).filter((ordinal) => signatures[ordinal * HASHES] !== 0)
    const keys = new Float64Array(living.length)
    const compared = new Set<number>()
    const misses = new Uint8Array(size)
    for (let band = 0; band < BANDS; band++) {
      for (let i = 0; i < living.length; i++) {
        const ordinal = living[i] as number
        const at = ordinal * HASHES + band * ROWS
        keys[i] =
          mixed((signatures[at] as number) ^ Math.imul(signatures[at + 1] as number, 0x9e3779b1)) * ORDINAL_SPAN +
          ordinal
      }
      keys.sort()
      this.#joinNeighbours(keys, parents, compared, misses)
    }
    this.#sorted.clear()
    const sizes = new Uint32Array(size)
    for (let ordinal = 0; ordinal < size; ordinal++) {
      const root = rootOf(parents, ordinal)
      sizes[root] = (sizes[root] as number) + 1
    }
    const groups = Int32Array.from({ length: size }, (_, ordinal) => {
      const root = rootOf(parents, ordinal)
      return (sizes[root] as number) > 1 ? root : ALONE
    })
    return { of: groups, count: size }
  }

  /** Joins those whose band is the same and who are nearly the same. */
  #joinNeighbours(keys: Float64Array, parents: Int32Array, compared: Set<number>, misses: Uint8Array): void {
    let first = 0
    for (let at = 1; at < keys.length; at++) {
      const band = Math.floor((keys[at] as number) / ORDINAL_SPAN)
      if (Math.floor((keys[first] as number) / ORDINAL_SPAN) !== band) {
        first = at
        continue
      }
      const ordinal = (keys[at] as number) % ORDINAL_SPAN
      for (let other = Math.max(first, at - COMPARED_MAX); other < at; other++) {
        const candidate = (keys[other] as number) % ORDINAL_SPAN
        const [root, otherRoot] = [rootOf(parents, ordinal), rootOf(parents, candidate)]
        if (root === otherRoot || !this.#mayBeNear(ordinal, candidate)) continue
        const pair = candidate * ORDINAL_SPAN + ordinal
        if (compared.has(pair) || (misses[ordinal] as number) >= MISSES_MAX) continue
        compared.add(pair)
        if (this.#isNear(ordinal, candidate)) parents[Math.max(root, otherRoot)] = Math.min(root, otherRoot)
        else misses[ordinal] = (misses[ordinal] as number) + 1
      }
    }
  }

  /** Whether so many hashes are the same as those of near ones nearly always are (of a hundred pairs at the least share 99). */
  #mayBeNear(a: number, b: number): boolean {
    let same = 0
    for (let i = 0; i < HASHES; i++)
      if (this.#signatures[a * HASHES + i] === this.#signatures[b * HASHES + i]) same += 1
    return same >= SAME_MIN
  }

  #isNear(a: number, b: number): boolean {
    const [one, other] = [this.#shingles(a), this.#shingles(b)]
    // both / (one + other - both) is at least the share
    const needed = (SHARE_MIN / (1 + SHARE_MIN)) * (one.length + other.length)
    let both = 0
    let [i, j] = [0, 0]
    while (i < one.length && j < other.length) {
      const [left, right] = [one[i] as number, other[j] as number]
      if (left === right) both += 1
      else if (both + Math.min(one.length - i, other.length - j) < needed) return false
      if (left <= right) i += 1
      if (right <= left) j += 1
    }
    return both >= needed
  }

  /** The hashes of an article's shingles, ascending; those that come several times as often. */
  #shingles(ordinal: number): Uint32Array {
    const known = this.#sorted.get(ordinal)
    if (known !== undefined) return known
    const sorted = this.#hashes.slice(0, this.#hashShingles(ordinal)).sort()
    // neighbours in a band are compared with each other: the oldest are done with
    if (this.#sorted.size >= SORTED_MAX) this.#sorted.delete(this.#sorted.keys().next().value as number)
    this.#sorted.set(ordinal, sorted)
    return sorted
  }

  /** Puts the hashes of an article's shingles into `#hashes`, and gives how many there are. */
  #hashShingles(ordinal: number): number {
    const { forward } = this.#index
    const tokens = forward.tokensOf(ordinal)
    const { title, text } = forward.counts(ordinal)
    const end = title + text
    if (this.#hashes.length < end) this.#hashes = new Uint32Array(end * 2)
    const hashes = this.#hashes
    const forms = this.#formHashes
    let [before, last, count] = [0, 0, 0]
    for (let at = 0; at < end; at++) {
      const hash = forms[(tokens[at] as number) & FORM_MASK] as number
      if (at >= SHINGLE - 1) hashes[count++] = mixed(Math.imul(before, 0x85ebca6b) ^ Math.imul(last, 0xc2b2ae35) ^ hash)
      before = last
      last = hash
    }
    return count
  }

  /** Signs so many more articles, given in tokens; whether all are signed. */
  sign(tokensMax: number): boolean {
    const { forward, documents } = this.#index
    this.#hashForms()
    const { size } = documents
    if (this.#signatures.length < size * HASHES) {
      const grown = new Uint32Array(Math.ceil(size * 1.25) * HASHES)
      grown.set(this.#signatures)
      this.#signatures = grown
    }
    let tokens = 0
    for (; this.#signed < size && tokens < tokensMax; this.#signed++) {
      const { title, text } = forward.counts(this.#signed)
      if (title + text < WORDS_MIN) continue
      const count = this.#hashShingles(this.#signed)
      const hashes = this.#hashes
      const signatures = this.#signatures
      const start = this.#signed * HASHES
      for (let i = 0; i < HASHES; i++) {
        // multiply-add hashing: sixteen orders of the same numbers
        const [factor, addend] = [(0x9e3779b1 + i * 0x3c6ef372) | 1, Math.imul(i, 0x7f4a7c15)]
        let least = 0xffff_ffff
        for (let at = 0; at < count; at++) {
          const value = (Math.imul(hashes[at] as number, factor) + addend) >>> 0
          if (value < least) least = value
        }
        signatures[start + i] = least
      }
      // nought says that there is none
      if (signatures[start] === 0) signatures[start] = 1
      tokens += count
    }
    return this.#signed === size
  }

  #hashForms(): void {
    const { forms } = this.#index.vocabulary
    if (this.#formHashes.length < forms.length) {
      const grown = new Uint32Array(Math.ceil(forms.length * 1.25))
      grown.set(this.#formHashes)
      this.#formHashes = grown
    }
    for (; this.#hashedForms < forms.length; this.#hashedForms++)
      this.#formHashes[this.#hashedForms] = textHash(keyOfForm(forms[this.#hashedForms] as string))
  }
}

function livingOrdinals(dead: Uint8Array, size: number): Int32Array {
  const living = new Int32Array(size)
  let count = 0
  for (let ordinal = 0; ordinal < size; ordinal++) if (dead[ordinal] === 0) living[count++] = ordinal
  return living.subarray(0, count)
}

/** Follows parents to the one at the top, and shortens the way for the next time. */
function rootOf(parents: Int32Array, of: number): number {
  let at = of
  while (parents[at] !== at) {
    parents[at] = parents[parents[at] as number] as number
    at = parents[at] as number
  }
  return at
}

/** FNV-1a. */
function textHash(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** The last step of MurmurHash3: every bit of the result depends on every bit of the number. */
function mixed(number: number): number {
  let hash = number | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
