import type { Analysis } from '../analysis/analyzer.ts'
import type { Article } from '../article/article.ts'
import {
  CAPITAL_BIT,
  type FieldTokens,
  fieldTokensOf,
  MatchingTokensBuffer,
  SENTENCE_BIT,
  type TokenStream,
} from '../search/engine/token-stream.ts'
import type { AnalysedArticle } from './analysed-article.ts'
import type { NumberedForms } from './numbered-forms.ts'

/** What of a token stream does not depend on other articles. */
export type NormlessStream = Omit<TokenStream, 'norm'>

/** The token stream of an article that was analysed, its forms numbered. */
export function streamOf(
  { article, title, text, extras, titleLength }: AnalysedArticle,
  forms: NumberedForms,
): NormlessStream {
  const inText = title.count + text.count
  const tokens = new Uint32Array(extras.reduce((sum, { count }) => sum + count, inText))
  const extraStarts: number[] = []
  let at = 0
  for (const field of [title, text]) {
    for (let token = 0; token < field.count; token++, at++) {
      const sentence = field.sentences[token] === 1 ? SENTENCE_BIT : 0
      const capital = field.capitals[token] === 1 ? CAPITAL_BIT : 0
      tokens[at] = numberAt(field, token, forms) | sentence | capital
    }
  }
  for (const extra of extras) {
    if (extra.count > 0) extraStarts.push(at)
    for (let token = 0; token < extra.count; token++, at++)
      tokens[at] = numberAt(extra, token, forms) | (token === 0 ? SENTENCE_BIT : 0)
  }
  const fieldOf = ({ count, starts, ends, sentences }: Analysis): FieldTokens =>
    fieldTokensOf(count, { starts, ends, sentences })
  return {
    tokens,
    count: tokens.length,
    title: title.count,
    text: text.count,
    titleLength,
    headings: headingsOf(article, text),
    matching: (wanted) => new MatchingTokensBuffer().find(tokens, wanted),
    extraStarts: () => extraStarts,
    fields: () => ({ title: fieldOf(title), text: fieldOf(text) }),
  }
}

const numberAt = ({ words }: Analysis, token: number, forms: NumberedForms): number =>
  forms.numberOf(words[token] as Analysis['words'][number])

/** Every token of the text that begins within a heading belongs to it. */
function headingsOf({ structure = [] }: Article, { starts, count }: Analysis): Uint32Array {
  const headings: number[] = []
  for (const range of structure) {
    if (range.kind !== 'heading') continue
    const first = firstFrom(starts, count, range.start)
    const end = firstFrom(starts, count, range.end)
    if (end > first) headings.push(first, end)
  }
  return Uint32Array.from(headings)
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
