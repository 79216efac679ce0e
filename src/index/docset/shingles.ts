import { keyOfForm } from '../../analysis/word/word.ts'
import { FORM_MASK } from '../../search/engine/token-stream.ts'
import type { ForwardIndex } from '../segment/forward-index.ts'
import { HASHES } from './minhash.ts'
import { Signatures } from './signatures.ts'
import type { Steps } from './stepwise.ts'

/** Words a shingle is made of. */
const SHINGLE = 3
/** Shorter articles have too few shingles to tell by. */
const WORDS_MIN = 30
/** So many shingles of articles that were compared are kept while all are grouped: 8 MB. Each article is compared with a few. */
const SORTED_MAX = 2 ** 21

/** What runs of words are read from: an index, or what of one lies on the disk. */
export interface Shingled {
  readonly forward: Pick<ForwardIndex, 'tokensOf' | 'counts' | 'countOf'>
  readonly vocabulary: { readonly forms: { readonly length: number; at(form: number): string | undefined } }
  readonly documents: { readonly size: number }
}

/** The runs of three words of each article, as hashes, and the signatures made of them. Articles never change, so those known stay. */
export class Shingles {
  readonly #index: Shingled
  /** By form a hash of its spelling; 0 where it was not asked for yet. */
  #formHashes = new Uint32Array(0)
  /** Of all articles that are signed. */
  readonly signatures: Signatures
  #signed: number
  /** Shingles of articles that were compared just now. */
  readonly #sorted = new Map<number, Uint32Array>()
  #sortedLength = 0
  /** Of one article's shingles. */
  #hashes = new Uint32Array(1024)

  /** @param signatures those of the first articles, where they are known */
  constructor(index: Shingled, signatures: Uint16Array = new Uint16Array(0)) {
    this.#index = index
    this.signatures = new Signatures(signatures)
    this.#signed = signatures.length / HASHES
  }

  /** Signs the articles that are not yet signed; each costs its words. */
  *computeSignatures(): Steps<void> {
    const { forward, documents } = this.#index
    const { size } = documents
    this.signatures.reserve(size)
    while (this.#signed < size) {
      const { title, text } = forward.counts(this.#signed)
      const isLong = title + text >= WORDS_MIN
      if (isLong) {
        const count = this.#hashShingles(this.#signed)
        this.signatures.sign(this.#signed, this.#hashes, count)
      }
      this.#signed += 1
      yield isLong ? title + text : 1
    }
  }

  /** The hashes of an article's shingles, ascending; those that come several times as often. */
  of(docId: number): Uint32Array {
    const known = this.#sorted.get(docId)
    if (known !== undefined) return known
    const count = this.#hashShingles(docId)
    const sorted = this.#hashes.slice(0, count).sort()
    // neighbours in a band are compared with each other: the oldest are done with
    for (const [oldest, { length }] of this.#sorted) {
      if (this.#sortedLength + count <= SORTED_MAX) break
      this.#sorted.delete(oldest)
      this.#sortedLength -= length
    }
    this.#sorted.set(docId, sorted)
    this.#sortedLength += count
    return sorted
  }

  /** Forgets the shingles themselves, which take four bytes a word. */
  forget(): void {
    this.#sorted.clear()
    this.#sortedLength = 0
  }

  /** Puts the hashes of an article's shingles into `#hashes`, and gives how many there are. */
  #hashShingles(docId: number): number {
    const { forward } = this.#index
    const tokens = forward.tokensOf(docId)
    const { title, text } = forward.counts(docId)
    const end = title + text
    if (this.#hashes.length < end) this.#hashes = new Uint32Array(end * 2)
    const hashes = this.#hashes
    const forms = this.#hashTable()
    let [before, last, count] = [0, 0, 0]
    for (let at = 0; at < end; at++) {
      const form = (tokens[at] as number) & FORM_MASK
      const hash = (forms[form] as number) || this.#hashForm(form)
      if (at >= SHINGLE - 1) hashes[count++] = mixed(Math.imul(before, 0x85ebca6b) ^ Math.imul(last, 0xc2b2ae35) ^ hash)
      before = last
      last = hash
    }
    return count
  }

  #hashTable(): Uint32Array {
    const { forms } = this.#index.vocabulary
    if (this.#formHashes.length < forms.length) {
      const grown = new Uint32Array(Math.ceil(forms.length * 1.25))
      grown.set(this.#formHashes)
      this.#formHashes = grown
    }
    return this.#formHashes
  }

  #hashForm(form: number): number {
    const hash = textHash(keyOfForm(this.#index.vocabulary.forms.at(form) as string))
    this.#formHashes[form] = hash
    return hash
  }
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
