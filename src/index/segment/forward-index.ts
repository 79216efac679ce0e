import type { Analysis } from '../../analysis/analyzer.ts'
import type { FormSet } from '../../search/engine/form-set.ts'
import {
  CAPITAL_BIT,
  type FieldTokens,
  FORM_MASK,
  type MatchingTokens,
  MatchingTokensBuffer,
  SENTENCE_BIT,
} from '../../search/engine/token-stream.ts'
import { ByteColumn, Uint32Column } from '../arrays/growable.ts'
import { CHECKPOINT, EncodedTokens, OFFSETS_BLOCK, pushOffset } from './encoded-tokens.ts'
import { LONG_ARTICLE } from './long-articles.ts'
import { NumberLists, type PackedNumberLists } from './number-lists.ts'
import { type PackedTokenColumns, PackedTokens, packTokens } from './packed-tokens.ts'
import { TextOffsets } from './text-offsets.ts'

/** The tokens of one article as the forward index takes them. */
export interface ArticleTokens {
  /** Form numbers of the title, the text and the extras, in this order. */
  readonly forms: Uint32Array
  readonly title: Analysis
  readonly text: Analysis
  /** Where in `forms` each of the extras begins, ascending. */
  readonly extraStarts: readonly number[]
  /** See `TokenStream.headings`. */
  readonly headings: Iterable<number>
  /** What was analysed to `text`. */
  readonly string: string
}

/** Numbers of a row: where its tokens end, how many the title has, how many the text, where its offsets end, where its checkpoints end. */
export const ROW = 5
const TITLE = 1
const TEXT = 2
const OFFSETS_END = 3
const CHECKPOINTS_END = 4

/**
 * For each article its tokens in order: form numbers with sentence borders and capitals, and the offsets of title and text, about a byte a
 * token, with a checkpoint every OFFSETS_BLOCK tokens, so that the offsets of a few tokens are read without those before them.
 */
export class ForwardIndex {
  /** What lies in a file, and what came later. */
  readonly #packed: PackedForward | undefined
  readonly #packedDocs: number
  readonly #packedTokens: PackedTokens | undefined
  readonly #tokens = new Uint32Column()
  readonly #offsets = new ByteColumn()
  readonly #checkpoints = new Uint32Column()
  readonly #rows = new Uint32Column()
  readonly #texts: TextOffsets
  readonly #headings: NumberLists
  readonly #matching = new MatchingTokensBuffer()

  constructor(packed?: PackedForward) {
    this.#packed = packed
    this.#packedDocs = packed === undefined ? 0 : packed.rows.length / ROW
    this.#packedTokens = packed === undefined ? undefined : new PackedTokens(packed)
    this.#texts = new TextOffsets(packed?.texts)
    this.#headings = new NumberLists(packed?.headings)
  }

  /** Tokens of all articles. */
  get tokens(): number {
    return (this.#packedTokens?.length ?? 0) + this.#tokens.length
  }

  add(tokens: ArticleTokens): void {
    const { forms, title, text, extraStarts, headings, string } = tokens
    const begin = this.#tokens.length
    for (let i = 0; i < forms.length; i++) {
      const [field, at] = i < title.count ? [title, i] : [text, i - title.count]
      const bits = (field.sentences[at] === 1 ? SENTENCE_BIT : 0) | (field.capitals[at] === 1 ? CAPITAL_BIT : 0)
      this.#tokens.push(((forms[i] as number) | bits) >>> 0)
    }
    for (const start of extraStarts)
      this.#tokens.set(begin + start, (this.#tokens.at(begin + start) | SENTENCE_BIT) >>> 0)
    for (const field of [title, text]) this.#addOffsets(field)
    this.#headings.add(this.#docs, headings)
    if (text.count >= LONG_ARTICLE) this.#texts.add(this.#docs, string, bordersOf(text))
    this.#endRow(title.count, text.count)
  }

  /** How many articles there are. */
  get #docs(): number {
    return this.#packedDocs + this.#rows.length / ROW
  }

  /** All form numbers of an article: title, text, extras. */
  forms(docId: number): Uint32Array {
    return this.tokensOf(docId).map((token) => token & FORM_MASK)
  }

  /**
   * The same with their bits. Never change it: it may be a view of what is kept, valid until the next article is added.
   * @param most only so many, the first ones; takes time in proportion to them, but for a few for each form of a long article
   */
  tokensOf(docId: number, most = Number.POSITIVE_INFINITY): Uint32Array {
    const row = this.#rowOf(docId)
    const [start, last] = this.#range(docId)
    const end = Math.min(last, start + most)
    if (this.#packedTokens !== undefined && docId < this.#packedDocs) return this.#packedTokens.tokens(row, start, end)
    return this.#tokens.data.subarray(start, end)
  }

  /** How many tokens an article has. */
  countOf(docId: number): number {
    const [start, end] = this.#range(docId)
    return end - start
  }

  /** See `TokenStream.matching`. */
  matching(docId: number, wanted: FormSet): MatchingTokens {
    const [start, end] = this.#range(docId)
    if (this.#packedTokens === undefined || docId >= this.#packedDocs)
      return this.#matching.find(this.#tokens.data.subarray(start, end), wanted)
    this.#packedTokens.matching(this.#rowOf(docId), start, end, wanted, this.#matching)
    return this.#matching
  }

  /** Where among the tokens of an article each of its extras begins. */
  extraStarts(docId: number): number[] {
    const tokens = this.tokensOf(docId)
    const { title, text } = this.counts(docId)
    const starts: number[] = []
    for (let at = title + text; at < tokens.length; at++) if ((tokens[at] as number) >= SENTENCE_BIT) starts.push(at)
    return starts
  }

  counts(docId: number): { title: number; text: number; extras: number } {
    const { rows } = this.#of(docId)
    const row = this.#rowOf(docId)
    const title = rows[row * ROW + TITLE] as number
    const text = rows[row * ROW + TEXT] as number
    return { title, text, extras: this.countOf(docId) - title - text }
  }

  /** Title and text with their offsets, which are decoded where they are asked for. */
  fields(docId: number): { title: FieldTokens; text: FieldTokens } {
    const { offsets, checkpoints, rows } = this.#of(docId)
    const row = this.#rowOf(docId)
    const { title, text } = this.counts(docId)
    const start = row === 0 ? 0 : (rows[(row - 1) * ROW + CHECKPOINTS_END] as number)
    const textStart = start + CHECKPOINT * Math.ceil(title / OFFSETS_BLOCK)
    const begins = this.#sentencesOf(docId)
    return {
      title: new EncodedTokens(title, begins, offsets, checkpoints.subarray(start)),
      text: new EncodedTokens(text, (token) => begins(title + token), offsets, checkpoints.subarray(textStart)),
    }
  }

  /** See `TokenStream.headings`. */
  headings(docId: number): Uint32Array {
    return this.#headings.of(docId)
  }

  /** Where the text of a long article is cut into stretches of OFFSETS_BLOCK tokens; null for others. */
  textStretches(docId: number): TextStretches | null {
    const places = this.#texts.of(docId)
    if (places === null) return null
    const { checkpoints, rows } = this.#of(docId)
    const row = this.#rowOf(docId)
    const start = row === 0 ? 0 : (rows[(row - 1) * ROW + CHECKPOINTS_END] as number)
    const textStart = start + CHECKPOINT * Math.ceil((rows[row * ROW + TITLE] as number) / OFFSETS_BLOCK)
    const units = new Uint32Array(places.bytes.length)
    for (let block = 0; block < units.length; block++)
      units[block] = checkpoints[textStart + block * CHECKPOINT + 1] as number
    return { ...places, units }
  }

  /** Tells of an article's tokens which of them begin sentences. */
  #sentencesOf(docId: number): (token: number) => boolean {
    const [start] = this.#range(docId)
    const packed = this.#packedTokens
    if (packed === undefined || docId >= this.#packedDocs)
      return (token) => this.#tokens.at(start + token) >= SENTENCE_BIT
    return packed.sentencesOf(this.#rowOf(docId), start)
  }

  /**
   * Takes an article over from another index.
   * @param forms by form there the form here
   */
  adopt(other: ForwardIndex, docId: number, forms: (form: number) => number): void {
    for (const token of other.tokensOf(docId))
      this.#tokens.push(((token & ~FORM_MASK) | forms(token & FORM_MASK)) >>> 0)
    this.#adoptOffsets(other, docId)
    const places = other.#texts.of(docId)
    if (places !== null) this.#texts.adopt(this.#docs, places)
    this.#headings.add(this.#docs, other.#headings.of(docId))
    const { title, text } = other.counts(docId)
    this.#endRow(title, text)
  }

  /** @param forms all forms are below */
  pack(forms: number): PackedForward {
    const packed = this.#packed
    if (packed !== undefined && this.#rows.length === 0) return packed
    const { offsets, checkpoints, rows } =
      packed === undefined ? this.#later() : joined(packed, this.#packedTokens?.length ?? 0, this.#later())
    const tokens = packTokens(this.#allTokens(), this.tokens, forms)
    return { ...tokens, offsets, checkpoints, rows, texts: this.#texts.pack(), headings: this.#headings.pack() }
  }

  *#allTokens(): Iterable<Uint32Array> {
    for (let docId = 0; docId < this.#docs; docId++) yield this.tokensOf(docId)
  }

  #later(): PackedRows {
    return { offsets: this.#offsets.view(), checkpoints: this.#checkpoints.view(), rows: this.#rows.view() }
  }

  /** What holds an article. */
  #of(docId: number): PackedRows {
    if (this.#packed !== undefined && docId < this.#packedDocs) return this.#packed
    return { offsets: this.#offsets.data, checkpoints: this.#checkpoints.data, rows: this.#rows.data }
  }

  /** Its row there. */
  #rowOf(docId: number): number {
    return docId < this.#packedDocs ? docId : docId - this.#packedDocs
  }

  /** Where its tokens stand there. */
  #range(docId: number): readonly [start: number, end: number] {
    const { rows } = this.#of(docId)
    const row = this.#rowOf(docId)
    return [row === 0 ? 0 : (rows[(row - 1) * ROW] as number), rows[row * ROW] as number]
  }

  #endRow(title: number, text: number): void {
    this.#rows.push(this.#tokens.length)
    this.#rows.push(title)
    this.#rows.push(text)
    this.#rows.push(this.#offsets.length)
    this.#rows.push(this.#checkpoints.length)
  }

  #addOffsets(field: Pick<Analysis, 'count' | 'starts' | 'ends'>): void {
    let last = 0
    for (let i = 0; i < field.count; i++) {
      if (i % OFFSETS_BLOCK === 0) {
        this.#checkpoints.push(this.#offsets.length)
        this.#checkpoints.push(last)
      }
      const start = field.starts[i] as number
      const end = field.ends[i] as number
      pushOffset(this.#offsets, start - last, end - start)
      last = end
    }
  }

  #adoptOffsets(other: ForwardIndex, docId: number): void {
    const { offsets, checkpoints, rows } = other.#of(docId)
    const row = other.#rowOf(docId)
    const offsetsStart = row === 0 ? 0 : (rows[(row - 1) * ROW + OFFSETS_END] as number)
    const checkpointsStart = row === 0 ? 0 : (rows[(row - 1) * ROW + CHECKPOINTS_END] as number)
    for (let at = checkpointsStart; at < (rows[row * ROW + CHECKPOINTS_END] as number); at += CHECKPOINT) {
      this.#checkpoints.push((checkpoints[at] as number) - offsetsStart + this.#offsets.length)
      this.#checkpoints.push(checkpoints[at + 1] as number)
    }
    this.#offsets.pushAll(offsets.subarray(offsetsStart, rows[row * ROW + OFFSETS_END]))
  }
}

/** Stretches of a text, one after the other: where they begin in UTF-16 units, and in bytes of UTF-8; how many units the text has. */
export interface TextStretches {
  readonly units: Uint32Array
  readonly bytes: Uint32Array
  readonly length: number
}

/** Where the blocks of a text's tokens begin, but for the first: where the token before ends. */
function bordersOf({ count, ends }: Analysis): number[] {
  const borders: number[] = []
  for (let token = OFFSETS_BLOCK; token < count; token += OFFSETS_BLOCK) borders.push(ends[token - 1] as number)
  return borders
}

/** One after the other. */
function joined(one: PackedRows, tokens: number, other: PackedRows): PackedRows {
  const rows = concatenated(one.rows, other.rows)
  const checkpoints = concatenated(one.checkpoints, other.checkpoints)
  for (let at = one.rows.length; at < rows.length; at += ROW) {
    rows[at] = (rows[at] as number) + tokens
    rows[at + OFFSETS_END] = (rows[at + OFFSETS_END] as number) + one.offsets.length
    rows[at + CHECKPOINTS_END] = (rows[at + CHECKPOINTS_END] as number) + one.checkpoints.length
  }
  for (let at = one.checkpoints.length; at < checkpoints.length; at += CHECKPOINT)
    checkpoints[at] = (checkpoints[at] as number) + one.offsets.length
  const offsets = new Uint8Array(one.offsets.length + other.offsets.length)
  offsets.set(one.offsets)
  offsets.set(other.offsets, one.offsets.length)
  return { offsets, checkpoints, rows }
}

function concatenated(one: Uint32Array, other: Uint32Array): Uint32Array {
  const all = new Uint32Array(one.length + other.length)
  all.set(one)
  all.set(other, one.length)
  return all
}

interface PackedRows {
  readonly offsets: Uint8Array
  /** Two numbers each: where among the offsets a block of them begins, and where in the text the token before it ends. */
  readonly checkpoints: Uint32Array
  /** See ROW. */
  readonly rows: Uint32Array
}

export interface PackedForward extends PackedTokenColumns, PackedRows {
  readonly texts: PackedNumberLists
  readonly headings: PackedNumberLists
}
