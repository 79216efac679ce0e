import type { Role } from '../search/engine/forms.ts'
import {
  CAPITAL_BIT,
  type FieldTokens,
  fieldTokensOf,
  MatchingTokensBuffer,
  SENTENCE_BIT,
  type TokenStream,
} from '../search/engine/token-stream.ts'
import type { FormMeaning, NumberedForms } from './numbered-forms.ts'
import { CAPITAL, FAR, LENGTH_BITS, LENGTH_MAX, ROLES, SENTENCE, TOKEN_FLAGS } from './packed-article.ts'
import { ByteReader } from './packed-bytes.ts'

/** What of a token stream does not depend on other articles. */
export type NormlessStream = Omit<TokenStream, 'norm'>

/** An article as a search ranks it: what `packedArticle` made of it. */
export interface UnpackedArticle {
  readonly stream: NormlessStream
  /** The length that BM25 counts. */
  readonly length: number
  /** See `timeOf`. */
  readonly time: number
  readonly isInOtherLanguage: boolean
}

/** What is found in one article is of no use any more when the next one is asked. */
const found = new MatchingTokensBuffer()

/** @param forms gets the forms that it does not know yet */
export function unpackedArticle(packed: Buffer, forms: NumberedForms): UnpackedArticle {
  const bytes = new ByteReader(packed)
  const length = bytes.double()
  const time = bytes.double()
  const isInOtherLanguage = bytes.number() === 1
  const titleLength = bytes.number()
  const title = bytes.number()
  const text = bytes.number()
  let count = title + text
  const extraStarts = readNumbers(bytes).map((extra) => {
    count += extra
    return count - extra
  })
  const headings = Uint32Array.from(readNumbers(bytes))
  const numbers = readForms(bytes, forms)
  const tokens = new Uint32Array(count)
  for (let at = 0; at < count; at++) {
    const token = bytes.number()
    const flags = ((token & CAPITAL) === 0 ? 0 : CAPITAL_BIT) | ((token & SENTENCE) === 0 ? 0 : SENTENCE_BIT)
    tokens[at] = (numbers[Math.floor(token / TOKEN_FLAGS)] as number) | flags
  }
  // what is kept must not keep the rest
  const offsets = Uint8Array.prototype.slice.call(bytes.part())
  const stream: NormlessStream = {
    tokens,
    count,
    title,
    text,
    titleLength,
    headings,
    matching: (wanted) => found.find(tokens, wanted),
    extraStarts: () => extraStarts,
    fields: () => {
      const read = new ByteReader(Buffer.from(offsets.buffer))
      return { title: fieldOf(read, tokens, 0, title), text: fieldOf(read, tokens, title, text) }
    },
  }
  return { stream, length, time, isInOtherLanguage }
}

function readNumbers(bytes: ByteReader): number[] {
  return Array.from({ length: bytes.number() }, () => bytes.number())
}

/** The numbers of an article's forms, by their places there. */
function readForms(bytes: ByteReader, forms: NumberedForms): Uint32Array {
  const numbers = new Uint32Array(bytes.number())
  for (let at = 0; at < numbers.length; at++) {
    const form = bytes.string()
    const known = forms.numberOf(form)
    if (known === undefined) numbers[at] = forms.add(form, readMeaning(new ByteReader(bytes.part()), form))
    else {
      numbers[at] = known
      bytes.skipPart()
    }
  }
  return numbers
}

function readMeaning(bytes: ByteReader, form: string): FormMeaning {
  const isStop = bytes.number() === 1
  const term = readLike(bytes, form)
  const additional = Array.from({ length: bytes.number() }, () => {
    const role = bytes.number()
    return { role: ROLES[role >>> 1] as Role, isUncounted: (role & 1) === 1, term: readLike(bytes, form + term) }
  })
  return { term, isStop, additional }
}

function readLike(bytes: ByteReader, other: string): string {
  const place = bytes.number()
  const common = bytes.number()
  return other.slice(place, place + common) + bytes.string()
}

function fieldOf(bytes: ByteReader, tokens: Uint32Array, first: number, count: number): FieldTokens {
  const [starts, ends, sentences] = [new Uint32Array(count), new Uint32Array(count), new Uint8Array(count)]
  let last = 0
  for (let token = 0; token < count; token++) {
    const byte = bytes.byte()
    const gap = byte >>> LENGTH_BITS
    const start = last + (gap === FAR ? bytes.number() : gap)
    last = start + (gap === FAR ? bytes.number() : byte & LENGTH_MAX)
    starts[token] = start
    ends[token] = last
    sentences[token] = (tokens[first + token] as number) >= SENTENCE_BIT ? 1 : 0
  }
  return fieldTokensOf(count, { starts, ends, sentences })
}
