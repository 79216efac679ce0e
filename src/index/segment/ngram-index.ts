import { gramsOf } from '../../analysis/spelling/ngrams.ts'
import type { GramTable } from '../../search/engine/forms.ts'
import { gramRarity, rarityLevel } from '../../search/ranking/gram-rarity.ts'
import { COMMON_GRAM } from '../../search/ranking/likeness.ts'
import { AppendedColumn } from '../arrays/appended-column.ts'
import { Uint32Column } from '../arrays/growable.ts'
import { NewestFirstLists } from '../arrays/newest-first-lists.ts'
import { PackedInts } from '../arrays/packed-ints.ts'
import { StringTable } from '../arrays/string-table.ts'
import { type PackedNgrams, packNgrams } from './packed-ngrams.ts'
import type { Vocabulary } from './vocabulary.ts'

/** So many terms wait at most until their grams are told. */
const WAITING_MAX = 2 ** 20

const NO_GRAMS = PackedInts.from(new Uint32Array(0))

/**
 * The 4-grams of a vocabulary's terms: which terms have a gram, and the grams of each term, all by number. Terms that came since are
 * entered when something is asked for: while many articles are indexed nothing is.
 */
export class NgramIndex implements GramTable {
  readonly #vocabulary: Pick<Vocabulary, 'terms' | 'documentFrequencies'>
  readonly #names: StringTable
  /** The grams of term t stand from `#ends[t - 1]` to `#ends[t]`: first those that lie in a file, then those that came later. */
  readonly #ends: AppendedColumn
  readonly #packedGrams: PackedInts
  readonly #laterGrams = new Uint32Column()
  readonly #termsOfGrams: NewestFirstLists
  /** For each gram the sum of its terms' document frequencies. */
  readonly #frequencies: Uint32Column
  /** For each gram how many terms have it that living articles have. */
  readonly #livingTerms: Uint32Column
  /** How many terms living articles have. */
  #liveTerms = 0
  /** Entered terms whose grams were not told yet how many articles came or went with them, and by term how many. */
  readonly #waiting: number[] = []
  #waitingArticles = new Int32Array(0)
  #waitingTerms = new Int32Array(0)
  /** Made when asked for; what comes and goes is entered into them from then on. */
  #rarities = new Float32Array(0)
  /** For each term the sum of its grams' rarities; 0 where it was not asked for since one of them changed. */
  #weights = new Float32Array(0)
  #isWeighed = false
  /** Grams whose rarities are known: the first ones. */
  #gramsWeighed = 0
  /** Of what number of terms the rarities are. */
  #liveLevel = 0
  /** Counts what may change what is found by grams; of each gram when that was the last time, and of all together. */
  #changes = 0
  #changedAt = new Uint32Array(0)
  #allChangedAt = 0

  constructor(vocabulary: Pick<Vocabulary, 'terms' | 'documentFrequencies'>, packed?: PackedNgrams) {
    const { documentFrequencies } = vocabulary
    this.#vocabulary = vocabulary
    this.#names = new StringTable(packed?.names)
    this.#ends = new AppendedColumn(packed?.ends)
    this.#packedGrams = packed === undefined ? NO_GRAMS : new PackedInts(packed.grams)
    this.#termsOfGrams = new NewestFirstLists(packed?.termsOfGrams)
    this.#frequencies = new Uint32Column(packed?.frequencies)
    this.#livingTerms = new Uint32Column(packed?.livingTerms)
    for (let term = 0; term < documentFrequencies.length; term++)
      if (documentFrequencies.at(term) > 0) this.#liveTerms += 1
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
      this.#laterGrams.push(gram)
      this.#termsOfGrams.add(gram, number)
      if (!this.#isWeighed) this.#count(gram, articles, terms)
    }
    this.#ends.push(this.#packedGrams.length + this.#laterGrams.length)
    if (!this.#isWeighed) return
    this.#noteTerm(number)
    this.#wait(number, articles, terms)
  }

  /** Whatever becomes of a term, it is among those that are looked through from now on. */
  #noteTerm(term: number): void {
    this.#changes += 1
    this.#growTables()
    this.#forEachGram(term, (gram) => {
      if (this.#livingTerms.at(gram) <= COMMON_GRAM) this.#changedAt[gram] = this.#changes
    })
  }

  /**
   * `articles` (may be negative) were added to the term's document frequency.
   * @param terms 1 where these are the first, -1 where they were the last
   */
  adjustFrequency(term: number, articles: number, terms: 1 | 0 | -1): void {
    this.#liveTerms += terms
    // one that is entered later brings its frequency along
    if (term < this.#ends.length) this.#wait(term, articles, terms)
    if (this.#waiting.length >= WAITING_MAX) this.#settle()
  }

  #wait(term: number, articles: number, terms: number): void {
    const entered = this.#ends.length
    if (this.#waitingArticles.length <= term) this.#waitingArticles = grown(this.#waitingArticles, Int32Array, entered)
    if (this.#waitingTerms.length <= term) this.#waitingTerms = grown(this.#waitingTerms, Int32Array, entered)
    if (this.#waitingArticles[term] === 0 && this.#waitingTerms[term] === 0) this.#waiting.push(term)
    this.#waitingArticles[term] = (this.#waitingArticles[term] as number) + articles
    this.#waitingTerms[term] = (this.#waitingTerms[term] as number) + terms
  }

  /** Enters what came since, and adds to the grams what was added to their terms: of a term that many articles have once for all of them. */
  #settle(): void {
    const { terms: all } = this.#vocabulary
    while (this.#ends.length < all.length) this.#enter(all.at(this.#ends.length) as string)
    if (this.#waiting.length === 0) return
    this.#changes += 1
    this.#growTables()
    const otherRarities: number[] = []
    for (const term of this.#waiting) {
      const [articles, terms] = [this.#waitingArticles[term] as number, this.#waitingTerms[term] as number]
      this.#waitingArticles[term] = this.#waitingTerms[term] = 0
      this.#forEachGram(term, (gram) => {
        const before = this.#livingTerms.at(gram)
        this.#count(gram, articles, terms)
        if (terms === 0) return
        if (Math.min(before, before + terms) <= COMMON_GRAM) this.#changedAt[gram] = this.#changes
        if (this.#isWeighed && rarityLevel(before) !== rarityLevel(before + terms)) otherRarities.push(gram)
      })
    }
    this.#waiting.length = 0
    if (!this.#isWeighed) return
    if (rarityLevel(this.#liveTerms) !== this.#liveLevel) this.#isWeighed = false
    else for (const gram of otherRarities) this.#changeRarity(gram)
  }

  /** What a term weighs changes with each of its grams, and so what is found by any of them. */
  #changeRarity(gram: number): void {
    const rarity = gramRarity(this.#livingTerms.at(gram), this.#liveTerms)
    if (this.#rarities[gram] === rarity) return
    this.#rarities[gram] = rarity
    this.#changedAt[gram] = this.#changes
    this.forEachTerm(gram, (term) => {
      this.#weights[term] = 0
      this.forEachGram(term, (other) => {
        if (this.#livingTerms.at(other) <= COMMON_GRAM) this.#changedAt[other] = this.#changes
      })
    })
  }

  /** For terms and grams that came since. */
  #growTables(): void {
    const [count, size] = [this.#names.length, this.#ends.length]
    if (this.#changedAt.length < count) this.#changedAt = grown(this.#changedAt, Uint32Array, count)
    if (!this.#isWeighed) return
    if (this.#weights.length < size) this.#weights = grown(this.#weights, Float32Array, size)
    if (this.#rarities.length < count) this.#rarities = grown(this.#rarities, Float32Array, count)
    for (; this.#gramsWeighed < count; this.#gramsWeighed++)
      this.#rarities[this.#gramsWeighed] = gramRarity(this.#livingTerms.at(this.#gramsWeighed), this.#liveTerms)
  }

  /** Names the state of what is found by grams, see `isUnchanged`. */
  get changes(): number {
    this.#settle()
    return this.#changes
  }

  /**
   * Whether what is found by some grams is what was found in a state before: the same terms of living articles by those that at most COMMON_GRAM
   * have, of the same weights, and the same rarities of all of them.
   */
  isUnchanged(grams: Uint32Array, since: number): boolean {
    this.#settle()
    if (!this.#isWeighed || this.#allChangedAt > since) return false
    for (let at = 0; at < grams.length; at++) if ((this.#changedAt[grams[at] as number] as number) > since) return false
    return true
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
    this.#forEachGram(term, visit)
  }

  #forEachGram(term: number, visit: (gram: number) => void): void {
    const end = this.#ends.at(term)
    for (let at = this.#start(term); at < end; at++) visit(this.#gramAt(at))
  }

  /** The sum of the values that the grams of a term have. */
  sum(term: number, values: Float32Array): number {
    this.#settle()
    const end = this.#ends.at(term)
    let sum = 0
    for (let at = this.#start(term); at < end; at++) sum += values[this.#gramAt(at)] as number
    return sum
  }

  /** How telling each gram is, see `gramRarity`. */
  rarities(): Float32Array {
    this.#settle()
    if (this.#isWeighed) return this.#rarities
    this.#isWeighed = true
    this.#liveLevel = rarityLevel(this.#liveTerms)
    this.#allChangedAt = this.#changes
    this.#weights.fill(0)
    this.#gramsWeighed = 0
    this.#growTables()
    return this.#rarities
  }

  /** How telling the grams of a term are together. */
  weight(term: number): number {
    const rarities = this.rarities()
    const known = this.#weights[term] as number
    if (known > 0) return known
    this.#weights[term] = this.sum(term, rarities)
    return this.#weights[term] as number
  }

  /** How telling a gram is that no term has. */
  get rarityOfUnknown(): number {
    this.#settle()
    return gramRarity(0, this.#liveTerms)
  }

  pack(): PackedNgrams {
    // many at once take less where nothing is there yet
    if (this.#ends.length === 0) return packNgrams(this.#vocabulary)
    this.#settle()
    return {
      names: this.#names.pack(),
      ends: this.#ends.pack(),
      grams: this.#allGrams().packed,
      termsOfGrams: this.#termsOfGrams.pack(this.count),
      frequencies: this.#frequencies.view(),
      livingTerms: this.#livingTerms.view(),
    }
  }

  #allGrams(): PackedInts {
    const [packed, later] = [this.#packedGrams, this.#laterGrams.view()]
    if (later.length === 0) return packed
    const all = new Uint32Array(packed.length + later.length)
    packed.read(0, packed.length, all)
    all.set(later, packed.length)
    return PackedInts.from(all)
  }

  #gramAt(at: number): number {
    const { length } = this.#packedGrams
    return at < length ? this.#packedGrams.at(at) : this.#laterGrams.at(at - length)
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

function grown<A extends Int32Array | Uint32Array | Float32Array>(
  numbers: A,
  Row: new (length: number) => A,
  size: number,
): A {
  const larger = new Row(Math.ceil(size * 1.25))
  larger.set(numbers)
  return larger
}
