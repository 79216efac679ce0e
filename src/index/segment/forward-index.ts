import type { Analysis } from '../../analysis/analyzer.ts'
import { CAPITAL_BIT, type FieldTokens, FORM_MASK, SENTENCE_BIT } from '../../search/engine/token-stream.ts'
import { ByteColumn, Uint32Column, VarintReader } from '../arrays/growable.ts'

/** The tokens of one field, read back. */
export interface DecodedField extends FieldTokens {
  readonly forms: Uint32Array
  readonly capitals: Uint8Array
}

/** The tokens of one article as the forward index takes them. */
export interface ArticleTokens {
  /** Form numbers of the title, the text and the extras, in this order. */
  readonly forms: Uint32Array
  readonly title: Analysis
  readonly text: Analysis
  /** Where in `forms` each of the extras begins, ascending. */
  readonly extraStarts: readonly number[]
}

/**
 * For each article its tokens in order: form numbers with sentence borders and capitals, and the offsets of title and text. Four bytes a
 * token for the form, about two for the offsets (the gap to the token before and the length, as varints).
 */
export class ForwardIndex {
  readonly #forms: Uint32Column
  readonly #offsets: ByteColumn
  /** Four numbers an article: end in #forms, tokens of the title, tokens of the text, end in #offsets. */
  readonly #rows: Uint32Column

  constructor(packed?: PackedForward) {
    this.#forms = new Uint32Column(packed?.forms)
    this.#offsets = new ByteColumn(packed?.offsets)
    this.#rows = new Uint32Column(packed?.rows)
  }

  get tokens(): number {
    return this.#forms.length
  }

  get bytes(): number {
    return this.#forms.length * 4 + this.#offsets.length + this.#rows.length * 4
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
  }

  /** All form numbers of an article: title, text, extras. */
  forms(docId: number): Uint32Array {
    const [start, end] = this.#range(docId)
    const forms = new Uint32Array(end - start)
    for (let i = start; i < end; i++) forms[i - start] = this.#forms.at(i) & FORM_MASK
    return forms
  }

  /** The same with their bits, a view of what is kept: never change it. */
  tokensOf(docId: number): Uint32Array {
    const [start, end] = this.#range(docId)
    return this.#forms.data.subarray(start, end)
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
    const [start, end] = this.#range(docId)
    const title = this.#rows.at(docId * 4 + 1)
    const text = this.#rows.at(docId * 4 + 2)
    return { title, text, extras: end - start - title - text }
  }

  /** Title and text with their offsets. */
  fields(docId: number): { title: DecodedField; text: DecodedField } {
    const [start] = this.#range(docId)
    const counts = this.counts(docId)
    const reader = new VarintReader(this.#offsets.view(), docId === 0 ? 0 : this.#rows.at(docId * 4 - 1))
    const title = this.#field(start, counts.title, reader)
    return { title, text: this.#field(start + counts.title, counts.text, reader) }
  }

  pack(): PackedForward {
    return { forms: this.#forms.view(), offsets: this.#offsets.view(), rows: this.#rows.view() }
  }

  #range(docId: number): [start: number, end: number] {
    return [docId === 0 ? 0 : this.#rows.at(docId * 4 - 4), this.#rows.at(docId * 4)]
  }

  #addOffsets(field: Analysis): void {
    let last = 0
    for (let i = 0; i < field.count; i++) {
      const start = field.starts[i] as number
      const end = field.ends[i] as number
      this.#offsets.pushVarint(start - last)
      this.#offsets.pushVarint(end - start)
      last = end
    }
  }

  #field(first: number, count: number, reader: VarintReader): DecodedField {
    const forms = new Uint32Array(count)
    const starts = new Uint32Array(count)
    const ends = new Uint32Array(count)
    const sentences = new Uint8Array(count)
    const capitals = new Uint8Array(count)
    const tokens = this.#forms.data
    let last = 0
    for (let i = 0; i < count; i++) {
      const token = tokens[first + i] as number
      forms[i] = token & FORM_MASK
      sentences[i] = token >>> 31
      capitals[i] = (token >>> 30) & 1
      const start = last + reader.next()
      last = start + reader.next()
      starts[i] = start
      ends[i] = last
    }
    return { count, forms, starts, ends, sentences, capitals }
  }
}

export interface PackedForward {
  readonly forms: Uint32Array
  readonly offsets: Uint8Array
  readonly rows: Uint32Array
}
