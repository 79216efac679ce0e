import type { ArticleText } from '../../article/article-text.ts'
import type { LocatedField } from '../match/locate.ts'

/** The tokens of a sentence, or of a piece of one that is too long. */
export interface Sentence {
  readonly first: number
  /** The token after the last. */
  readonly end: number
}

/** So far the borders of a sentence are looked for: longer ones are only made to do harm, and are read in pieces. */
export const SENTENCE_REACH = 200

/** The sentence around some tokens; what begins or ends farther away is cut off. */
export function sentenceAround(field: LocatedField, first: number, last: number): Sentence {
  const least = Math.max(0, first - SENTENCE_REACH)
  let from = first
  while (from > least && !field.beginsSentence(from)) from -= 1
  return { first: from, end: sentenceEnd(field, last) }
}

/** Where the sentence of a token ends. */
export function sentenceEnd(field: LocatedField, token: number): number {
  const most = Math.min(field.count, token + SENTENCE_REACH)
  let end = token + 1
  while (end < most && !field.beginsSentence(end)) end += 1
  return end
}

/** The sentence before one; null where there is none. */
export const sentenceBefore = (field: LocatedField, { first }: Sentence): Sentence | null =>
  first === 0 ? null : { first: sentenceAround(field, first - 1, first - 1).first, end: first }

export const sentenceAfter = (field: LocatedField, { end }: Sentence): Sentence | null =>
  end >= field.count ? null : { first: end, end: sentenceEnd(field, end) }

/** Characters behind a sentence that are looked at. */
const BEHIND = 6
const STOPPED = /^[)\]“”"»«’‘']*[.!?…:]/

/** Whether a sentence ends with a stop: headings and items of lists do not. */
export function isStopped(text: ArticleText, field: LocatedField, { end }: Sentence): boolean {
  const last = field.endOf(end - 1)
  const behind = text.slice(last - 1, Math.min(text.length, last + BEHIND))
  return behind[0] === '.' || STOPPED.test(behind.slice(1))
}

/** A small letter, also behind what numbers an item (2. den, a) der); iPhone and the like are names. */
const SMALL_BEGINNING = /^(?:(?:\p{N}{1,3}\p{L}?|\p{L})[.)]\s{1,2})?\p{Ll}(?!\p{Lu})/u
const BEGINNING = 10

/** Whether a sentence is an item of a list that goes on, with a small letter, what a line before it begins. */
export function goesOn(text: ArticleText, field: LocatedField, { first }: Sentence): boolean {
  const start = field.startOf(first)
  return (
    field.beginsSentence(first) && SMALL_BEGINNING.test(text.slice(start, Math.min(text.length, start + BEGINNING)))
  )
}

const REFERRING: ReadonlySet<string> = new Set(
  `er sie es ihn ihm ihr sein seine seiner seinem seinen ihre ihrer ihrem ihren dies diese dieser dieses diesem diesen jener jene jenes
  dieselbe derselbe dasselbe letztere letzterer letzteres dabei dadurch dafür dagegen daher damit danach daran darauf daraufhin daraus
  darin darüber darum davon davor dazu deren dessen deshalb deswegen dort dorthin hier hierbei hierzu hierdurch hiermit hiervon jedoch
  dennoch trotzdem außerdem zudem ebenso auch so somit folglich beide beides solche solcher solches`.split(/\s+/),
)

/** Whether a sentence begins with a word that refers to the one before. */
export const refersBack = (text: ArticleText, field: LocatedField, { first }: Sentence): boolean =>
  REFERRING.has(text.slice(field.startOf(first), field.endOf(first)).toLowerCase())
