import { additionalTermOf, TERM_BITS } from '../../search/engine/forms.ts'
import { FORM_MASK } from '../../search/engine/token-stream.ts'
import { ByteTable } from '../arrays/byte-table.ts'
import { packNewestFirst } from '../arrays/newest-first-lists.ts'
import type { PackedFileReader } from '../arrays/packed-file-reader.ts'
import type { PackedStringTable } from '../arrays/string-table.ts'
import type { PackedVocabulary } from '../segment/vocabulary.ts'
import type { Source } from './source.ts'

const NONE = -1
const VOCABULARY = 'vocabulary.bin'

/** A vocabulary of several, as `ArticleIndex.append` joins them one after the other. */
export interface MergedVocabulary {
  readonly packed: PackedVocabulary
  /** Of each source by number there the number here; -1 where no article that stays has it. */
  readonly terms: readonly Int32Array[]
  readonly forms: readonly Int32Array[]
}

/** Joins the vocabularies of segments: that of one of them and what comes of all are in memory. */
export function* mergeVocabularies(sources: readonly Source[]): Generator<void, MergedVocabulary> {
  const joiner = new VocabularyJoiner(sources)
  const terms: Int32Array[] = []
  const forms: Int32Array[] = []
  for (const source of sources) {
    const joined = joiner.add(livingOf(source))
    terms.push(joined.terms)
    forms.push(joined.forms)
    yield
  }
  return { packed: joiner.pack(), terms, forms }
}

type Rows = Omit<PackedVocabulary, 'formsOfTerms' | 'formsOfAdditionalTerms'>

/** A vocabulary with the frequencies that it has without the articles that are left out. */
function livingOf(source: Source): Rows {
  const vocabulary = source.read(VOCABULARY, rowsOf)
  if (source.removed.length === 0) return vocabulary
  const { documentFrequencies, formFrequencies, formTerms, additionalEnds, additionalTerms } = vocabulary
  const forward = source.openForward()
  try {
    for (const docId of source.removed) {
      const terms = new Set<number>()
      for (const form of new Set(forward.tokensOf(docId).map((token) => token & FORM_MASK))) {
        formFrequencies[form] = (formFrequencies[form] as number) - 1
        terms.add(formTerms[form] as number)
        for (
          let at = form === 0 ? 0 : (additionalEnds[form - 1] as number);
          at < (additionalEnds[form] as number);
          at++
        )
          terms.add(additionalTermOf(additionalTerms[at] as number))
      }
      for (const term of terms) documentFrequencies[term] = (documentFrequencies[term] as number) - 1
    }
  } finally {
    forward.close()
  }
  return vocabulary
}

/** Without the hash tables, which nothing is looked up in. */
const rowsOf = (file: PackedFileReader): Rows => ({
  terms: stringsOf(file, 'terms'),
  forms: stringsOf(file, 'forms'),
  documentFrequencies: file.u32('documentFrequencies'),
  formFrequencies: file.u32('formFrequencies'),
  formTerms: file.u32('formTerms'),
  formStops: file.u8('formStops'),
  additionalEnds: file.u32('additionalEnds'),
  additionalTerms: file.u32('additionalTerms'),
})

const stringsOf = (file: PackedFileReader, name: string): PackedStringTable => ({
  bytes: file.u8(`${name}.bytes`),
  ends: file.u32(`${name}.ends`),
  slots: new Uint32Array(0),
})

class VocabularyJoiner {
  readonly #terms: ByteTable
  readonly #forms: ByteTable
  readonly #documentFrequencies: Uint32Array
  readonly #formFrequencies: Uint32Array
  readonly #formTerms: Uint32Array
  readonly #formStops: Uint8Array
  readonly #additionalEnds: Uint32Array
  readonly #additionalTerms: Uint32Array
  #additional = 0

  constructor(sources: readonly Source[]) {
    const most = (column: string): number =>
      sources.reduce((sum, source) => sum + source.read(VOCABULARY, (file) => file.lengthOf(column)), 0)
    const forms = most('forms.ends')
    this.#terms = new ByteTable(most('terms.ends'), most('terms.bytes'))
    this.#forms = new ByteTable(forms, most('forms.bytes'))
    this.#documentFrequencies = new Uint32Array(most('terms.ends'))
    this.#formFrequencies = new Uint32Array(forms)
    this.#formTerms = new Uint32Array(forms)
    this.#formStops = new Uint8Array(forms)
    this.#additionalEnds = new Uint32Array(forms)
    this.#additionalTerms = new Uint32Array(most('additionalTerms'))
  }

  add(other: Rows): { readonly terms: Int32Array; readonly forms: Int32Array } {
    const terms = new Int32Array(other.terms.ends.length).fill(NONE)
    const forms = new Int32Array(other.forms.ends.length).fill(NONE)
    const numberOf = (term: number): number => {
      if (terms[term] === NONE) terms[term] = this.#terms.numberOf(other.terms, term)
      return terms[term] as number
    }
    for (let form = 0; form < forms.length; form++) {
      const frequency = other.formFrequencies[form] as number
      if (frequency === 0) continue
      const term = numberOf(other.formTerms[form] as number)
      const start = form === 0 ? 0 : (other.additionalEnds[form - 1] as number)
      const end = other.additionalEnds[form] as number
      for (let at = start; at < end; at++) numberOf(additionalTermOf(other.additionalTerms[at] as number))
      const slot = this.#forms.slotOf(other.forms, form)
      let number = this.#forms.numberAt(slot)
      if (number === undefined) {
        number = this.#forms.add(other.forms, form, slot)
        this.#formTerms[number] = term
        this.#formStops[number] = other.formStops[form] as number
        for (let at = start; at < end; at++) this.#addFurther(other.additionalTerms[at] as number, numberOf)
        this.#additionalEnds[number] = this.#additional
      }
      forms[form] = number
      this.#formFrequencies[number] = (this.#formFrequencies[number] as number) + frequency
    }
    for (let term = 0; term < terms.length; term++) {
      const number = terms[term] as number
      if (number === NONE) continue
      this.#documentFrequencies[number] =
        (this.#documentFrequencies[number] as number) + (other.documentFrequencies[term] as number)
    }
    return { terms, forms }
  }

  pack(): PackedVocabulary {
    const [terms, forms] = [this.#terms.length, this.#forms.length]
    const formTerms = this.#formTerms.subarray(0, forms)
    const additionalEnds = this.#additionalEnds.subarray(0, forms)
    const additionalTerms = this.#additionalTerms.subarray(0, this.#additional)
    return {
      terms: this.#terms.pack(),
      forms: this.#forms.pack(),
      documentFrequencies: this.#documentFrequencies.subarray(0, terms),
      formFrequencies: this.#formFrequencies.subarray(0, forms),
      formTerms,
      formStops: this.#formStops.subarray(0, forms),
      additionalEnds,
      additionalTerms,
      formsOfTerms: packNewestFirst(
        terms,
        forms,
        (form) => formTerms[form] as number,
        (form) => form,
      ),
      formsOfAdditionalTerms: packNewestFirst(
        terms,
        additionalTerms.length,
        (at) => additionalTermOf(additionalTerms[at] as number),
        formsOf(additionalEnds),
      ),
    }
  }

  /** A further term keeps its role, and whether it is counted. */
  #addFurther(packed: number, numberOf: (term: number) => number): void {
    const bits = Math.floor(packed / 2 ** TERM_BITS) * 2 ** TERM_BITS
    this.#additionalTerms[this.#additional++] = bits + numberOf(additionalTermOf(packed))
  }
}

/** By place among the further terms of all forms the form it belongs to; places are asked for in ascending order. */
function formsOf(ends: Uint32Array): (at: number) => number {
  let form = 0
  return (at) => {
    while ((ends[form] as number) <= at) form += 1
    return form
  }
}
