import type { Analysis } from '../analysis/analyzer.ts'
import type { Word } from '../analysis/word/word.ts'
import type { Article } from '../article/article.ts'
import { isOtherThanGerman } from '../language/tags.ts'
import type { Role } from '../search/engine/forms.ts'
import { timeOf } from '../time.ts'
import type { AnalysedArticle } from './analysed-article.ts'
import { ByteWriter } from './packed-bytes.ts'

/** In the order of their numbers. */
export const ROLES: readonly Role[] = ['part', 'joined', 'completed', 'verb', 'number', 'verbLemma']

/** A token is the place of its form among those of the article times four, plus these. */
export const CAPITAL = 2
export const SENTENCE = 1
export const TOKEN_FLAGS = 4

/** A token close behind the one before and not too long takes one byte: its length in the low bits, above it the gap. */
export const LENGTH_BITS = 5
export const LENGTH_MAX = 2 ** LENGTH_BITS - 1
/** In place of a gap: gap and length follow. */
export const FAR = 7

/**
 * What a search reads of an article that may be among the best, made once when it is written: its tokens, what their forms mean, where they stand, and what its
 * score takes. It says everything by itself, so that whoever reads it needs nothing else; a form that the reader knows is passed over. UnpackedArticle reads it.
 */
export function packedArticle(one: AnalysedArticle): Buffer {
  const { article, title, text, extras, length, titleLength } = one
  const bytes = new ByteWriter()
  bytes.double(length)
  bytes.double(timeOf(article.date))
  bytes.number(article.language !== null && isOtherThanGerman(article.language) ? 1 : 0)
  bytes.number(titleLength)
  bytes.number(title.count)
  bytes.number(text.count)
  const filled = extras.filter(({ count }) => count > 0)
  bytes.number(filled.length)
  for (const { count } of filled) bytes.number(count)
  writeHeadings(bytes, article, text)
  const places = writeForms(bytes, [title, text, ...filled])
  for (const { words, capitals, sentences, count } of [title, text])
    for (let token = 0; token < count; token++) {
      const flags = (capitals[token] === 1 ? CAPITAL : 0) + (sentences[token] === 1 ? SENTENCE : 0)
      bytes.number((places.get((words[token] as Word).form) as number) * TOKEN_FLAGS + flags)
    }
  for (const { words } of filled)
    for (const [token, { form }] of words.entries())
      bytes.number((places.get(form) as number) * TOKEN_FLAGS + (token === 0 ? SENTENCE : 0))
  const offsets = new ByteWriter()
  for (const field of [title, text]) writeOffsets(offsets, field)
  bytes.part(offsets)
  return bytes.written()
}

/** The forms of an article, those that it has most often first. */
function writeForms(bytes: ByteWriter, fields: readonly Analysis[]): ReadonlyMap<string, number> {
  const found = new Map<string, { readonly word: Word; count: number }>()
  for (const { words } of fields) {
    for (const word of words) {
      const known = found.get(word.form)
      if (known === undefined) found.set(word.form, { word, count: 1 })
      else known.count += 1
    }
  }
  const sorted = [...found.values()].sort((a, b) => b.count - a.count)
  bytes.number(sorted.length)
  for (const { word } of sorted) {
    bytes.string(word.form)
    const meaning = new ByteWriter()
    writeMeaning(meaning, word)
    bytes.part(meaning)
  }
  return new Map(sorted.map(({ word }, at) => [word.form, at]))
}

function writeMeaning(bytes: ByteWriter, { form, term, stop, parts, subCompounds, aliases }: Word): void {
  bytes.number(stop ? 1 : 0)
  writeLike(bytes, term, form)
  const further = [...parts, ...subCompounds].map((part) => ({ kind: 'part' as const, isUncounted: false, ...part }))
  const all = [...further, ...aliases]
  bytes.number(all.length)
  for (const { kind, isUncounted, term: other } of all) {
    bytes.number(ROLES.indexOf(kind) * 2 + (isUncounted === true ? 1 : 0))
    writeLike(bytes, other, form + term)
  }
}

/** A term that is nearly always a part of another text: what it has in common with it, and what follows that. */
function writeLike(bytes: ByteWriter, term: string, other: string): void {
  let common = term.length
  let place = other.indexOf(term)
  if (place < 0) {
    place = common = 0
    while (common < term.length && term[common] === other[common]) common += 1
  }
  bytes.number(place)
  bytes.number(common)
  bytes.string(term.slice(common))
}

function writeHeadings(bytes: ByteWriter, article: Article, text: Analysis): void {
  const headings = headingsOf(article, text)
  bytes.number(headings.length)
  for (const token of headings) bytes.number(token)
}

function writeOffsets(bytes: ByteWriter, { starts, ends, count }: Analysis): void {
  let last = 0
  for (let token = 0; token < count; token++) {
    const [start, end] = [starts[token] as number, ends[token] as number]
    const [gap, length] = [start - last, end - start]
    if (gap < FAR && length <= LENGTH_MAX) bytes.byte((gap << LENGTH_BITS) | length)
    else {
      bytes.byte(FAR << LENGTH_BITS)
      bytes.number(gap)
      bytes.number(length)
    }
    last = end
  }
}

/** Every token of the text that begins within a heading belongs to it. */
function headingsOf({ structure = [] }: Article, { starts, count }: Analysis): number[] {
  const headings: number[] = []
  for (const range of structure) {
    if (range.kind !== 'heading') continue
    const first = firstFrom(starts, count, range.start)
    const end = firstFrom(starts, count, range.end)
    if (end > first) headings.push(first, end)
  }
  return headings
}

/** The first token that begins at a place or after it. */
function firstFrom(starts: Uint32Array, count: number, place: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) < place) low = middle + 1
    else high = middle
  }
  return low
}
