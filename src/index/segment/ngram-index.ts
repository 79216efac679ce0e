import { Index } from 'flexsearch'
import { gramsOf } from '../../analysis/spelling/ngrams.ts'
import type { GramTable } from '../../search/engine/forms.ts'
import { Uint32Column } from '../arrays/growable.ts'
import { postingMapOf } from './flexsearch-map.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Terms that have a gram, ascending: never change it. */
type Terms = readonly number[]
const NO_TERMS: Terms = []

/**
 * The 4-grams of a vocabulary's terms. Which terms have a gram is kept by FlexSearch, as which articles have a term is; the
 * grams of each term, by number, in a row of their own.
 */
export class NgramIndex implements GramTable {
  readonly #index = new Index({
    encode: (grams: unknown) => (Array.isArray(grams) ? grams : [grams]) as string[],
    tokenize: 'strict',
    resolution: 1,
  } as object)
  readonly #map = postingMapOf(this.#index)
  readonly #names: string[] = []
  readonly #numbers = new Map<string, number>()
  /** The grams of term t: `#grams` from `#ends[t - 1]` to `#ends[t]`. */
  readonly #ends = new Uint32Column()
  readonly #grams = new Uint32Column()
  /** For each gram the sum of its terms' document frequencies. */
  readonly #frequencies = new Uint32Column()
  /** For each gram how many terms have it that living articles have. */
  readonly #livingTerms = new Uint32Column()
  /** The sum of all document frequencies. */
  #words = 0
  /** Made when asked for, and again when articles came or went. */
  #rarities = new Float32Array(0)
  /** For each term the sum of its grams' rarities; 0 where it was not asked for since. */
  #weights = new Float32Array(0)
  #isWeighed = false

  /** The grams of a vocabulary from a snapshot. */
  static of(vocabulary: Vocabulary): NgramIndex {
    const grams = new NgramIndex()
    const lists: number[][] = []
    for (const [number, term] of vocabulary.terms.entries()) {
      for (const gram of grams.#enter(term)) {
        const list = lists[gram]
        if (list === undefined) lists[gram] = [number]
        else list.push(number)
      }
      const articles = vocabulary.documentFrequencies.at(number)
      grams.adjustFrequency(number, articles, articles > 0 ? 1 : 0)
    }
    // a copy is just as long as what it holds
    const map = lists.map((list, gram) => [grams.#names[gram], [list.slice()]])
    grams.#index.import('1.map', map as unknown as string)
    grams.#index.import('1.reg', Array.from(vocabulary.terms.keys()) as unknown as string)
    return grams
  }

  /** Terms entered so far. */
  get size(): number {
    return this.#ends.length
  }

  /** Different grams. */
  get count(): number {
    return this.#names.length
  }

  /** Enters the next term; no article has it yet. */
  add(term: string): void {
    const number = this.#ends.length
    const grams = this.#enter(term)
    this.#isWeighed = false
    if (grams.length > 0) this.#index.add(number, grams.map((gram) => this.#names[gram]) as unknown as string)
  }

  /**
   * Adds `articles` (may be negative) to the term's document frequency.
   * @param terms 1 where these are the first, -1 where they were the last
   */
  adjustFrequency(term: number, articles: number, terms: 1 | 0 | -1): void {
    this.#words += articles
    this.#isWeighed = false
    const end = this.#ends.at(term)
    for (let at = this.#start(term); at < end; at++) {
      const gram = this.#grams.at(at)
      this.#frequencies.set(gram, this.#frequencies.at(gram) + articles)
      if (terms !== 0) this.#livingTerms.set(gram, this.#livingTerms.at(gram) + terms)
    }
  }

  /** The number of a gram that some term has or had. */
  number(gram: string): number | undefined {
    return this.#numbers.get(gram)
  }

  /** The sum of the document frequencies of the terms that have a gram: at least as many articles as have it. */
  frequency(gram: number): number {
    return this.#frequencies.at(gram)
  }

  /** How many terms of living articles have a gram. */
  livingTerms(gram: number): number {
    return this.#livingTerms.at(gram)
  }

  terms(gram: string): Terms {
    return this.#map.get(gram)?.[0] ?? NO_TERMS
  }

  forEachGram(term: number, visit: (gram: number) => void): void {
    const row = this.#grams.data
    const end = this.#ends.at(term)
    for (let at = this.#start(term); at < end; at++) visit(row[at] as number)
  }

  /** How telling each gram is: the fewer words of living articles have it, the more. */
  rarities(): Float32Array {
    if (this.#rarities.length < this.#names.length || !this.#isWeighed) {
      if (this.#rarities.length < this.#names.length)
        this.#rarities = new Float32Array(Math.ceil(this.#names.length * 1.25))
      for (let gram = 0; gram < this.#names.length; gram++)
        this.#rarities[gram] = this.#rarityOf(this.#frequencies.at(gram))
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
    return this.#ends.data
  }

  /** The grams of all terms, one after the other. Valid until the next term comes. */
  row(): Uint32Array {
    return this.#grams.data
  }

  #start(term: number): number {
    return term === 0 ? 0 : this.#ends.at(term - 1)
  }

  #enter(term: string): number[] {
    const grams = gramsOf(term).map((gram) => this.#numberOf(gram))
    for (const gram of grams) this.#grams.push(gram)
    this.#ends.push(this.#grams.length)
    return grams
  }

  #numberOf(gram: string): number {
    const known = this.#numbers.get(gram)
    if (known !== undefined) return known
    const number = this.#names.length
    this.#names.push(gram)
    this.#numbers.set(gram, number)
    this.#frequencies.push(0)
    this.#livingTerms.push(0)
    return number
  }
}
