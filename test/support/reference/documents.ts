import type { Analysis, Analyzer } from '../../../src/analysis/analyzer.ts'
import { gramsOf } from '../../../src/analysis/spelling/ngrams.ts'
import type { Word } from '../../../src/analysis/word/word.ts'
import type { Article } from '../../../src/article/article.ts'
import { extrasOf } from '../../../src/article/extras.ts'
import type { AdditionalTerm, FormTable, GramTable, Role } from '../../../src/search/engine/forms.ts'
import {
  CAPITAL_BIT,
  type FieldTokens,
  fieldTokensOf,
  MatchingTokensBuffer,
  SENTENCE_BIT,
  type TokenStream,
} from '../../../src/search/engine/token-stream.ts'
import { B, K1 } from '../../../src/search/ranking/bm25.ts'

const CLAMP = 255

/** One article with everything that may be asked of it: counted by the definition in bm25.ts, word by word. */
export interface ReferenceDocument {
  readonly docId: number
  readonly article: Article
  readonly words: readonly Word[]
  /** The numbers of their forms, title, text and extras in a row. */
  readonly forms: readonly number[]
  /** BM25's, without the title. */
  readonly length: number
  readonly stream: TokenStream
  /** Weighted by where and how a term stands there. */
  frequency(term: string): number
  /** How often a word of title or text has just this term; a title counts three times. */
  wholeFrequency(term: string): number
  /** How often a word of the title has just this term, as its own or as an alias. */
  titleFrequency(term: string): number
  /** How often title and text have it so, a title three times; both kinds clamped by themselves. */
  occurrences(term: string): number
  /** Every term it has anywhere. */
  readonly terms: ReadonlySet<string>
}

/** Forms and terms numbered as they come, in plain lists. */
export class ReferenceForms implements FormTable {
  readonly terms: string[] = []
  readonly forms: string[] = []
  readonly words: Word[] = []
  readonly #formTerms: number[] = []
  readonly #additional: AdditionalTerm[][] = []
  readonly #formNumbers = new Map<string, number>()
  readonly #termNumbers = new Map<string, number>()

  numberOf(word: Word): number {
    const known = this.#formNumbers.get(word.form)
    if (known !== undefined) return known
    const own = this.#termOf(word.term)
    const parts = [...word.parts, ...word.subCompounds].map(({ term }) => this.#additionalOf(term, 'part', false))
    const aliases = word.aliases.map(({ term, kind, isUncounted }) =>
      this.#additionalOf(term, kind, isUncounted === true),
    )
    this.words.push(word)
    this.#formTerms.push(own)
    this.#additional.push([...parts, ...aliases])
    this.#formNumbers.set(word.form, this.forms.length)
    return this.forms.push(word.form) - 1
  }

  termNumber(term: string): number | undefined {
    return this.#termNumbers.get(term)
  }

  termOfForm(form: number): number {
    return this.#formTerms[form] as number
  }

  isStop(form: number): boolean {
    return (this.words[form] as Word).stop
  }

  termsOfForms(): Uint32Array {
    return Uint32Array.from(this.#formTerms)
  }

  additionalTerms(form: number): AdditionalTerm[] {
    return this.#additional[form] as AdditionalTerm[]
  }

  forEachAdditionalTerm(form: number, visit: (term: number, role: Role) => void): void {
    for (const { term, role } of this.additionalTerms(form)) visit(term, role)
  }

  forEachForm(term: number, further: boolean, visit: (form: number) => void): void {
    for (const form of this.forms.keys()) {
      const isOf = this.#formTerms[form] === term
      if (isOf || (further && this.additionalTerms(form).some((one) => one.term === term))) visit(form)
    }
  }

  #termOf(term: string): number {
    const known = this.#termNumbers.get(term)
    if (known !== undefined) return known
    this.#termNumbers.set(term, this.terms.length)
    return this.terms.push(term) - 1
  }

  #additionalOf(term: string, role: Role, isUncounted: boolean): AdditionalTerm {
    return { term: this.#termOf(term), role, isUncounted }
  }
}

/** The n-grams of the terms of such a table, numbered as they come. */
export class ReferenceGrams implements GramTable {
  readonly #names: string[]
  readonly #forms: ReferenceForms

  constructor(forms: ReferenceForms) {
    this.#forms = forms
    this.#names = [...new Set(forms.terms.flatMap(gramsOf))]
  }

  number(gram: string): number | undefined {
    const number = this.#names.indexOf(gram)
    return number < 0 ? undefined : number
  }

  forEachGram(term: number, visit: (gram: number) => void): void {
    for (const gram of gramsOf(this.#forms.terms[term] as string)) visit(this.#names.indexOf(gram))
  }
}

/** The documents of some articles, and the table their streams refer to. */
export function documentsOf(
  articles: readonly Article[],
  analyzer: Analyzer,
): { documents: ReferenceDocument[]; forms: ReferenceForms } {
  const forms = new ReferenceForms()
  const counted = articles.map((article) => count(article, analyzer))
  const meanLength = counted.reduce((sum, { length }) => sum + length, 0) / counted.length
  const documents = counted.map(({ title, text, extras, ...one }, docId) => {
    const words = [title, text, ...extras].flatMap((analysis) => analysis.words)
    const numbers = words.map((word) => forms.numberOf(word))
    const norm = meanLength > 0 ? K1 * (1 - B + (B * one.length) / meanLength) : K1
    const headings = headingsOf(articles[docId] as Article, text)
    const stream = streamOf(numbers, title, text, extras, norm, one.titleLength, headings)
    const terms = new Set(
      words.flatMap((word) => [word, ...word.parts, ...word.subCompounds, ...word.aliases].map(({ term }) => term)),
    )
    return { docId, article: articles[docId] as Article, words, forms: numbers, stream, terms, ...one }
  })
  return { documents, forms }
}

/** text + 3 x title + aliases + 1/2 x extras + 1/2 x parts, each of the kept counts clamped at 255. */
function count(article: Article, analyzer: Analyzer) {
  const [wholes, parts, extraCounts, aliases] = [new Counts(), new Counts(), new Counts(), new Counts()]
  const title = analyzer.analyze(article.title)
  const text = analyzer.analyze(article.text)
  const extras = extrasOf(article).map(({ value }) => analyzer.analyze(value))
  const titles = new Counts()
  const content = title.words.filter(({ stop }) => !stop).length
  for (const word of title.words) {
    titles.add(word.term, 1)
    for (const { term, kind, isUncounted } of word.aliases)
      if (isUncounted !== true && kind !== 'verbLemma') titles.add(term, 1)
  }
  let length = 0
  for (const [{ words }, times] of [
    [title, 3],
    [text, 1],
  ] as const) {
    for (const word of words) {
      wholes.add(word.term, times)
      for (const part of [...word.parts, ...word.subCompounds]) parts.add(part.term, times)
      for (const { term, kind, isUncounted } of word.aliases)
        if (isUncounted !== true) (kind === 'verbLemma' ? parts : aliases).add(term, times)
      if (!word.stop && times === 1) length += 1
    }
  }
  for (const word of extras.flatMap(({ words }) => words)) {
    const further = word.aliases.filter(({ isUncounted }) => isUncounted !== true)
    for (const { term } of [word, ...word.parts, ...word.subCompounds, ...further]) extraCounts.add(term, 1)
    if (!word.stop) length += 0.5
  }
  return {
    title,
    text,
    extras,
    length,
    titleLength: Math.min(CLAMP, content > 0 ? content : title.count),
    titleFrequency: (term: string) => titles.of(term),
    occurrences: (term: string) => wholes.of(term) + aliases.of(term),
    wholeFrequency: (term: string) => wholes.of(term),
    frequency: (term: string) => wholes.of(term) + aliases.of(term) + 0.5 * parts.of(term) + 0.5 * extraCounts.of(term),
  }
}

class Counts {
  readonly #counts = new Map<string, number>()

  add(term: string, by: number): void {
    this.#counts.set(term, (this.#counts.get(term) ?? 0) + by)
  }

  of(term: string): number {
    return Math.min(this.#counts.get(term) ?? 0, CLAMP)
  }
}

/** Every token of the text that begins within a heading belongs to it. */
function headingsOf({ structure = [] }: Article, { starts, count }: Analysis): Uint32Array {
  const tokens = [...starts.subarray(0, count).keys()]
  return Uint32Array.from(
    structure.flatMap((range) => {
      if (range.kind !== 'heading') return []
      const own = tokens.filter(
        (token) => (starts[token] as number) >= range.start && (starts[token] as number) < range.end,
      )
      return own.length === 0 ? [] : [Math.min(...own), Math.max(...own) + 1]
    }),
  )
}

function streamOf(
  forms: readonly number[],
  title: Analysis,
  text: Analysis,
  extras: readonly Analysis[],
  norm: number,
  titleLength: number,
  headings: Uint32Array,
): TokenStream {
  const inText = title.count + text.count
  const extraStarts: number[] = []
  let at = inText
  for (const { count } of extras) {
    if (count > 0) extraStarts.push(at)
    at += count
  }
  const tokens = Uint32Array.from(forms, (form, token) => {
    if (token >= inText) return (form | (extraStarts.includes(token) ? SENTENCE_BIT : 0)) >>> 0
    const [field, place] = token < title.count ? [title, token] : [text, token - title.count]
    const sentence = field.sentences[place] === 1 ? SENTENCE_BIT : 0
    const capital = field.capitals[place] === 1 ? CAPITAL_BIT : 0
    return (form | sentence | capital) >>> 0
  })
  const fieldOf = ({ count, ...rest }: Analysis): FieldTokens => fieldTokensOf(count, rest)
  return {
    tokens,
    count: tokens.length,
    matching: (wanted) => new MatchingTokensBuffer().find(tokens, wanted),
    title: title.count,
    text: text.count,
    titleLength,
    headings,
    norm,
    extraStarts: () => extraStarts,
    fields: () => ({ title: fieldOf(title), text: fieldOf(text) }),
  }
}
