import type { Analysis } from '../../analysis/analyzer.ts'
import { CAPITAL_BIT, type FieldTokens, FORM_MASK, SENTENCE_BIT } from '../../search/engine/token-stream.ts'
import { ByteColumn, Uint32Column } from '../arrays/growable.ts'
import { CHECKPOINT, EncodedTokens, OFFSETS_BLOCK } from './encoded-tokens.ts'

/** The tokens of one article as the forward index takes them. */
export interface ArticleTokens {
  /** Form numbers of the title, the text and the extras, in this order. */
  readonly forms: Uint32Array
  readonly title: Analysis
  readonly text: Analysis
  /** Where in `forms` each of the extras begins, ascending. */
  readonly extraStarts: readonly number[]
}

/** Numbers of a row: where its tokens end, how many the title has, how many the text, where its offsets end, where its checkpoints end. */
const ROW = 5
const TITLE = 1
const TEXT = 2
const OFFSETS_END = 3
const CHECKPOINTS_END = 4

/**
 * For each article its tokens in order: form numbers with sentence borders and capitals, and the offsets of title and text. Four bytes a
 * token for the form, about two for the offsets (the gap to the token before and the length, as varints), and a checkpoint every
 * OFFSETS_BLOCK tokens, so that the offsets of a few tokens are read without those before them.
 */
export class ForwardIndex {
  /** What lies in a file, and what came later. */
  readonly #packed: PackedForward | undefined
  readonly #packedDocs: number
  readonly #forms = new Uint32Column()
  readonly #offsets = new ByteColumn()
  readonly #checkpoints = new Uint32Column()
  readonly #rows = new Uint32Column()

  constructor(packed?: PackedForward) {
    this.#packed = packed
    this.#packedDocs = packed === undefined ? 0 : packed.rows.length / ROW
  }

  get tokens(): number {
    return (this.#packed?.forms.length ?? 0) + this.#forms.length
  }

  add(tokens: ArticleTokens): void {
    const { forms, title, text, extraStarts } = tokens
    const begin = this.#forms.length
    for (let i = 0; i < forms.length; i++) {
      const [field, at] = i < title.count ? [title, i] : [text, i - title.count]
      const bits = (field.sentences[at] === 1 ? SENTENCE_BIT : 0) | (field.capitals[at] === 1 ? CAPITAL_BIT : 0)
      this.#forms.push(((forms[i] as number) | bits) >>> 0)
    }
    for (const start of extraStarts)
      this.#forms.set(begin + start, (this.#forms.at(begin + start) | SENTENCE_BIT) >>> 0)
    for (const field of [title, text]) this.#addOffsets(field)
    this.#rows.push(this.#forms.length)
    this.#rows.push(title.count)
    this.#rows.push(text.count)
    this.#rows.push(this.#offsets.length)
    this.#rows.push(this.#checkpoints.length)
  }

  /** All form numbers of an article: title, text, extras. */
  forms(docId: number): Uint32Array {
    return this.tokensOf(docId).map((token) => token & FORM_MASK)
  }

  /** The same with their bits, a view of what is kept: never change it. */
  tokensOf(docId: number): Uint32Array {
    const { forms, rows } = this.#of(docId)
    const row = this.#rowOf(docId)
    return forms.subarray(row === 0 ? 0 : rows[(row - 1) * ROW], rows[row * ROW])
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
    return { title, text, extras: this.tokensOf(docId).length - title - text }
  }

  /** Title and text with their offsets, which are decoded where they are asked for. */
  fields(docId: number): { title: FieldTokens; text: FieldTokens } {
    const { offsets, checkpoints, rows } = this.#of(docId)
    const row = this.#rowOf(docId)
    const tokens = this.tokensOf(docId)
    const { title, text } = this.counts(docId)
    const start = row === 0 ? 0 : (rows[(row - 1) * ROW + CHECKPOINTS_END] as number)
    const textStart = start + CHECKPOINT * Math.ceil(title / OFFSETS_BLOCK)
    return {
      title: new EncodedTokens(tokens.subarray(0, title), offsets, checkpoints.subarray(start)),
      text: new EncodedTokens(tokens.subarray(title, title + text), offsets, checkpoints.subarray(textStart)),
    }
  }

  /**
   * Takes an article over from another index.
   * @param forms by form there the form here
   */
  adopt(other: ForwardIndex, docId: number, forms: (form: number) => number): void {
    const { offsets, checkpoints, rows } = other.#of(docId)
    const row = other.#rowOf(docId)
    for (const token of other.tokensOf(docId)) this.#forms.push(((token & ~FORM_MASK) | forms(token & FORM_MASK)) >>> 0)
    const offsetsStart = row === 0 ? 0 : (rows[(row - 1) * ROW + OFFSETS_END] as number)
    const checkpointsStart = row === 0 ? 0 : (rows[(row - 1) * ROW + CHECKPOINTS_END] as number)
    for (let at = checkpointsStart; at < (rows[row * ROW + CHECKPOINTS_END] as number); at += CHECKPOINT) {
      this.#checkpoints.push((checkpoints[at] as number) - offsetsStart + this.#offsets.length)
      this.#checkpoints.push(checkpoints[at + 1] as number)
    }
    this.#offsets.pushAll(offsets.subarray(offsetsStart, rows[row * ROW + OFFSETS_END]))
    this.#rows.push(this.#forms.length)
    this.#rows.push(rows[row * ROW + TITLE] as number)
    this.#rows.push(rows[row * ROW + TEXT] as number)
    this.#rows.push(this.#offsets.length)
    this.#rows.push(this.#checkpoints.length)
  }

  pack(): PackedForward {
    const later = {
      forms: this.#forms.view(),
      offsets: this.#offsets.view(),
      checkpoints: this.#checkpoints.view(),
      rows: this.#rows.view(),
    }
    if (this.#packed === undefined) return later
    return this.#rows.length === 0 ? this.#packed : joined(this.#packed, later)
  }

  /** What holds an article. */
  #of(docId: number): PackedForward {
    if (this.#packed !== undefined && docId < this.#packedDocs) return this.#packed
    return {
      forms: this.#forms.data,
      offsets: this.#offsets.data,
      checkpoints: this.#checkpoints.data,
      rows: this.#rows.data,
    }
  }

  /** Its row there. */
  #rowOf(docId: number): number {
    return docId < this.#packedDocs ? docId : docId - this.#packedDocs
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
      this.#offsets.pushVarint(start - last)
      this.#offsets.pushVarint(end - start)
      last = end
    }
  }
}

/** One after the other. */
function joined(one: PackedForward, other: PackedForward): PackedForward {
  const rows = concatenated(one.rows, other.rows)
  const checkpoints = concatenated(one.checkpoints, other.checkpoints)
  for (let at = one.rows.length; at < rows.length; at += ROW) {
    rows[at] = (rows[at] as number) + one.forms.length
    rows[at + OFFSETS_END] = (rows[at + OFFSETS_END] as number) + one.offsets.length
    rows[at + CHECKPOINTS_END] = (rows[at + CHECKPOINTS_END] as number) + one.checkpoints.length
  }
  for (let at = one.checkpoints.length; at < checkpoints.length; at += CHECKPOINT)
    checkpoints[at] = (checkpoints[at] as number) + one.offsets.length
  const offsets = new Uint8Array(one.offsets.length + other.offsets.length)
  offsets.set(one.offsets)
  offsets.set(other.offsets, one.offsets.length)
  return { forms: concatenated(one.forms, other.forms), offsets, checkpoints, rows }
}

function concatenated(one: Uint32Array, other: Uint32Array): Uint32Array {
  const all = new Uint32Array(one.length + other.length)
  all.set(one)
  all.set(other, one.length)
  return all
}

export interface PackedForward {
  readonly forms: Uint32Array
  readonly offsets: Uint8Array
  /** Two numbers each: where among the offsets a block of them begins, and where in the text the token before it ends. */
  readonly checkpoints: Uint32Array
  /** See ROW. */
  readonly rows: Uint32Array
}
