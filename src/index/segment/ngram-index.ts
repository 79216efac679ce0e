import { gramsOf } from '../../analysis/spelling/ngrams.ts'
import type { GramTable } from '../../search/engine/forms.ts'
import { Uint32Column } from '../arrays/growable.ts'
import { NewestFirstLists, type PackedLists } from '../arrays/newest-first-lists.ts'
import { type PackedStringTable, StringTable } from '../arrays/string-table.ts'
import type { Vocabulary } from './vocabulary.ts'

/** So many terms wait at most until their grams are told. */
const WAITING_MAX = 2 ** 20

/**
 * The 4-grams of a vocabulary's terms: which terms have a gram, and the grams of each term, all by number. Terms that came since are
 * entered when something is asked for: while many articles are indexed nothing is.
 */
export class NgramIndex implements GramTable {
  readonly #vocabulary: Pick<Vocabulary, 'terms' | 'documentFrequencies'>
  readonly #names: StringTable
  /** The grams of term t: `#grams` from `#ends[t - 1]` to `#ends[t]`. */
  readonly #ends: Uint32Column
  readonly #grams: Uint32Column
  readonly #termsOfGrams: NewestFirstLists
  /** For each gram the sum of its terms' document frequencies. */
  readonly #frequencies: Uint32Column
  /** For each gram how many terms have it that living articles have. */
  readonly #livingTerms: Uint32Column
  /** The sum of all document frequencies. */
  #words = 0
  /** Entered terms whose grams were not told yet how many articles came or went with them, and by term how many. */
  readonly #waiting: number[] = []
  #waitingArticles = new Int32Array(0)
  #waitingTerms = new Int32Array(0)
  /** Made when asked for, and again when articles came or went. */
  #rarities = new Float32Array(0)
  /** For each term the sum of its grams' rarities; 0 where it was not asked for since. */
  #weights = new Float32Array(0)
  #isWeighed = false

  constructor(vocabulary: Pick<Vocabulary, 'terms' | 'documentFrequencies'>, packed?: PackedNgrams) {
    const { documentFrequencies } = vocabulary
    this.#vocabulary = vocabulary
    this.#names = new StringTable(packed?.names)
    this.#ends = new Uint32Column(packed?.ends)
    this.#grams = new Uint32Column(packed?.grams)
    this.#termsOfGrams = new NewestFirstLists(packed?.termsOfGrams)
    this.#frequencies = new Uint32Column(packed?.frequencies)
    this.#livingTerms = new Uint32Column(packed?.livingTerms)
    for (let term = 0; term < documentFrequencies.length; term++) this.#words += documentFrequencies.at(term)
  }

  /** How many terms there are. */
  get size(): number {
    this.#settle()
    return this.#ends.length
  }

  /** Different grams. */
  get count(): number {
    this.#settle()
    return this.#names.length
  }

  /** Enters the next term, with as many articles as have it by now. */
  #enter(term: string): void {
    const number = this.#ends.length
    const articles = this.#vocabulary.documentFrequencies.at(number)
    const terms = articles > 0 ? 1 : 0
    for (const name of gramsOf(term)) {
      const gram = this.#numberOf(name)
      this.#grams.push(gram)
      this.#termsOfGrams.add(gram, number)
      this.#count(gram, articles, terms)
    }
    this.#ends.push(this.#grams.length)
  }

  /**
   * `articles` (may be negative) were added to the term's document frequency.
   * @param terms 1 where these are the first, -1 where they were the last
   */
  adjustFrequency(term: number, articles: number, terms: 1 | 0 | -1): void {
    this.#words += articles
    this.#isWeighed = false
    const entered = this.#ends.length
    // one that is entered later brings its frequency along
    if (term >= entered) return
    if (this.#waitingArticles.length <= term) this.#waitingArticles = resized(this.#waitingArticles, entered)
    if (this.#waitingTerms.length <= term) this.#waitingTerms = resized(this.#waitingTerms, entered)
    if (this.#waitingArticles[term] === 0 && this.#waitingTerms[term] === 0) this.#waiting.push(term)
    this.#waitingArticles[term] = (this.#waitingArticles[term] as number) + articles
    this.#waitingTerms[term] = (this.#waitingTerms[term] as number) + terms
    if (this.#waiting.length >= WAITING_MAX) this.#settle()
  }

  /** Enters what came since, and adds to the grams what was added to their terms: of a term that many articles have once for all of them. */
  #settle(): void {
    const { terms: all } = this.#vocabulary
    if (this.#ends.length < all.length) this.#isWeighed = false
    while (this.#ends.length < all.length) this.#enter(all.at(this.#ends.length) as string)
    if (this.#waiting.length === 0) return
    for (const term of this.#waiting) {
      const [articles, terms] = [this.#waitingArticles[term] as number, this.#waitingTerms[term] as number]
      this.#waitingArticles[term] = this.#waitingTerms[term] = 0
      const row = this.#grams.data
      const end = this.#ends.at(term)
      for (let at = this.#start(term); at < end; at++) this.#count(row[at] as number, articles, terms)
    }
    this.#waiting.length = 0
  }

  #count(gram: number, articles: number, terms: number): void {
    this.#frequencies.set(gram, this.#frequencies.at(gram) + articles)
    this.#livingTerms.set(gram, this.#livingTerms.at(gram) + terms)
  }

  /** By number. */
  names(): Iterable<string> {
    this.#settle()
    return this.#names
  }

  /** The number of a gram that some term has or had. */
  number(gram: string): number | undefined {
    this.#settle()
    return this.#names.numberOf(gram)
  }

  /** The sum of the document frequencies of the terms that have a gram: at least as many articles as have it. */
  frequency(gram: number): number {
    this.#settle()
    return this.#frequencies.at(gram)
  }

  /** How many terms of living articles have a gram. */
  livingTerms(gram: number): number {
    this.#settle()
    return this.#livingTerms.at(gram)
  }

  /** Calls `visit` with each term that has a gram, the newest first. */
  forEachTerm(gram: number, visit: (term: number) => void): void {
    this.#settle()
    this.#termsOfGrams.forEach(gram, visit)
  }

  forEachGram(term: number, visit: (gram: number) => void): void {
    this.#settle()
    const row = this.#grams.data
    const end = this.#ends.at(term)
    for (let at = this.#start(term); at < end; at++) visit(row[at] as number)
  }

  /** How telling each gram is: the fewer words of living articles have it, the more. */
  rarities(): Float32Array {
    this.#settle()
    const { count } = this
    if (this.#rarities.length < count || !this.#isWeighed) {
      if (this.#rarities.length < count) this.#rarities = new Float32Array(Math.ceil(count * 1.25))
      for (let gram = 0; gram < count; gram++) this.#rarities[gram] = this.#rarityOf(this.#frequencies.at(gram))
      if (this.#weights.length < this.size) this.#weights = new Float32Array(Math.ceil(this.size * 1.25))
      else this.#weights.fill(0)
      this.#isWeighed = true
    }
    return this.#rarities
  }

  /** How telling the grams of a term are together. */
  weight(term: number): number {
    const rarities = this.rarities()
    const known = this.#weights[term] as number
    if (known > 0) return known
    const row = this.row()
    const end = this.#ends.at(term)
    let weight = 0
    for (let at = this.#start(term); at < end; at++) weight += rarities[row[at] as number] as number
    this.#weights[term] = weight
    return this.#weights[term] as number
  }

  /** How telling a gram is that no term has. */
  get rarityOfUnknown(): number {
    return this.#rarityOf(0)
  }

  #rarityOf(frequency: number): number {
    // of the same precision whether it comes from the table or not
    return Math.fround(Math.log(1 + this.#words / (1 + frequency)))
  }

  /** Where the grams of each term end in `row`; the next term's begin there. Valid until the next term comes. */
  ends(): Uint32Array {
    this.#settle()
    return this.#ends.data
  }

  /** The grams of all terms, one after the other. Valid until the next term comes. */
  row(): Uint32Array {
    this.#settle()
    return this.#grams.data
  }

  pack(): PackedNgrams {
    this.#settle()
    return {
      names: this.#names.pack(),
      ends: this.#ends.view(),
      grams: this.#grams.view(),
      termsOfGrams: this.#termsOfGrams.pack(this.count),
      frequencies: this.#frequencies.view(),
      livingTerms: this.#livingTerms.view(),
    }
  }

  #start(term: number): number {
    return term === 0 ? 0 : this.#ends.at(term - 1)
  }

  #numberOf(gram: string): number {
    const known = this.#names.numberOf(gram)
    if (known !== undefined) return known
    this.#frequencies.push(0)
    this.#livingTerms.push(0)
    return this.#names.add(gram)
  }
}

function resized(numbers: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.ceil(size * 1.5))
  larger.set(numbers)
  return larger
}

export interface PackedNgrams {
  readonly names: PackedStringTable
  readonly ends: Uint32Array
  readonly grams: Uint32Array
  /** By gram. */
  readonly termsOfGrams: PackedLists
  readonly frequencies: Uint32Array
  readonly livingTerms: Uint32Array
}
