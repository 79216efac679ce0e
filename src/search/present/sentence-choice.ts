import type { ArticleText } from '../../article/article-text.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { Evidence, LocatedField } from '../match/locate.ts'
import { densest } from './densest.ts'
import { firstFrom } from './first-from.ts'
import { type Answer, answersIn, type Question } from './question.ts'
import {
  goesOn,
  isStopped,
  refersBack,
  SENTENCE_REACH,
  type Sentence,
  sentenceAround,
  sentenceBefore,
} from './sentence.ts'
import type { SnippetQuery } from './snippet-query.ts'
import { SNIPPET } from './snippet-weights.ts'
import { Strengths } from './strengths.ts'

/** A sentence that has words of the query. */
export interface ScoredSentence extends Sentence {
  readonly score: number
  /** By word of the query how much it tells in this text. */
  readonly weights: Float64Array
}

/** So many sentences are compared, and of so many the text is read: of a long one each may lie elsewhere on the disk. */
const CANDIDATES_MAX = 8
const READ_MAX = 3

/** Entries of the evidence that stand in one sentence. */
interface Group {
  readonly from: number
  readonly to: number
  /** Where the entries of the sentence with evidence before it begin. */
  readonly before: number
  /** What its score without length and answer is at most. */
  readonly bound: number
}

/**
 * The sentences of a text that tell most about a query, the best first; those that tell less than `SNIPPET.secondShare` of it may be missing. Takes time in proportion to the matches; where the budget is used
 * up, of the matches so far.
 */
export function bestSentences(
  text: ArticleText,
  field: LocatedField,
  query: SnippetQuery,
  budget: WorkBudget,
): ScoredSentence[] {
  const { evidence } = field
  const end = affordable(evidence, budget)
  const weights = weightsIn(field, end, query.weights)
  let total = 0
  for (const weight of weights) total += weight
  if (total === 0) total = 1
  const strengths = new Strengths(weights)
  const found: Candidate[] = []
  let most = Number.NEGATIVE_INFINITY
  for (const group of likeliest(evidence, end, strengths)) {
    if (group.bound / total + MOST_FOR_LENGTH < most * SNIPPET.secondShare - SNIPPET.answer) continue
    const whole = sentenceAround(field, at(evidence.tokens, group.from), at(evidence.tokens, group.to - 1))
    const sentence = isLong(field, whole) ? densestPiece(field, whole, group, weights, budget) : whole
    const isBeforeNear = hasEvidenceBefore(field, sentence, group)
    const told = strengths.sum(evidence, group, isBeforeNear ? SNIPPET.before : 0) / total
    const score = told + lengthTerm(sentence)
    budget.spend(COST.locatedToken * (sentence.end - sentence.first))
    found.push({ group, sentence, isBeforeNear, told, score })
    most = Math.max(most, score)
  }
  found.sort((a, b) => b.score - a.score || a.sentence.first - b.sentence.first)
  const read: ScoredSentence[] = []
  let best = 0
  for (const { group, sentence, isBeforeNear, told, score } of found.slice(0, READ_MAX)) {
    const moreMost = isBeforeNear ? strengths.sum(evidence, group, SNIPPET.beforeReferring) / total - told : 0
    // neither the best nor beside it, whatever its text is: reading that takes longer than all else here
    const mostExact = score + moreMost + (query.question === null ? 0 : SNIPPET.answer)
    if (best > 0 && mostExact < best * SNIPPET.secondShare) continue
    const more = !refersBack(text, field, sentence) ? 0 : isBeforeNear ? moreMost : -SNIPPET.referring
    // looking for answers takes longer than all else
    const mayBeBest = score + more >= most - 2 * SNIPPET.answer
    const answer = mayBeBest ? SNIPPET.answer * answerOf(text, field, sentence, query.question) : 0
    const { first, end: last } = sentence
    const exact = score + more + answer - listTerm(text, field, sentence)
    read.push({ first, end: last, weights, score: exact })
    best = Math.max(best, exact)
  }
  return read.sort((a, b) => b.score - a.score || a.first - b.first)
}

/** A sentence before its text is read. */
interface Candidate {
  readonly group: Group
  readonly sentence: Sentence
  /** Whether the sentence before it has words of the query. */
  readonly isBeforeNear: boolean
  readonly told: number
  readonly score: number
}

function hasEvidenceBefore(field: LocatedField, sentence: Sentence, { from }: Group): boolean {
  const last = from === 0 ? -1 : at(field.evidence.tokens, from - 1)
  if (last < 0 || last < sentence.first - SENTENCE_REACH) return false
  const before = sentenceBefore(field, sentence)
  return before !== null && last >= before.first
}

const at = (numbers: ArrayLike<number>, index: number): number => numbers[index] as number

/** How many entries of the evidence the budget allows to look at. */
function affordable({ tokens }: Evidence, budget: WorkBudget): number {
  const most = Math.max(1, Math.floor(budget.left / COST.match))
  if (tokens.length > most) budget.cut('matches')
  const count = Math.min(tokens.length, most)
  budget.spend(COST.match * count)
  return count
}

/** What each word of a query tells in a text: rare words more, and more where few sentences have them. */
function weightsIn(field: LocatedField, end: number, weights: readonly number[]): Float64Array {
  const { words, sentences } = field.evidence
  const counts = new Uint32Array(weights.length)
  const lasts = new Int32Array(weights.length).fill(-1)
  for (let i = 0; i < end; i++) {
    const word = at(words, i)
    if (lasts[word] === sentences[i]) continue
    lasts[word] = at(sentences, i)
    counts[word] = at(counts, word) + 1
  }
  const all = sentencesIn(field)
  const told = new Float64Array(weights.length)
  for (let word = 0; word < told.length; word++) {
    const share = Math.log(1 + all / Math.max(1, at(counts, word))) / Math.log(1 + all)
    told[word] = at(weights, word) * Math.max(SNIPPET.rarityLeast, 1 - SNIPPET.rarity * (1 - share))
  }
  return told
}

/** So many tokens are counted; longer texts go on as they begin. */
const COUNTED_TOKENS = 512

/** How many sentences a text has, about. */
function sentencesIn(field: LocatedField): number {
  const most = Math.min(field.count, COUNTED_TOKENS)
  let count = 0
  for (let token = 0; token < most; token++) if (field.beginsSentence(token)) count += 1
  return Math.max(1, Math.round((count * field.count) / most))
}

/** Longer sentences are only made to do harm: of these a piece is looked at, of so many tokens and characters on either side of its middle. */
const PIECE_TOKENS = 100
const PIECE_CHARACTERS = 2000
/** So close together the words of the query stand in the middle. */
const MIDDLE_TOKENS = 30
const MIDDLE_CHARACTERS = 744

const isLong = (field: LocatedField, { first, end }: Sentence): boolean =>
  end - first > 2 * PIECE_TOKENS || field.endOf(end - 1) - field.startOf(first) > 2 * PIECE_CHARACTERS

function densestPiece(
  field: LocatedField,
  whole: Sentence,
  { from, to }: Group,
  weights: Float64Array,
  budget: WorkBudget,
): Sentence {
  const [left, right] = densest(field, from, to, weights, MIDDLE_TOKENS, MIDDLE_CHARACTERS, budget)
  let [first, last] = [left, right]
  const start = field.startOf(left) - PIECE_CHARACTERS
  const end = field.endOf(right) + PIECE_CHARACTERS
  while (first > whole.first && left - first < PIECE_TOKENS && field.startOf(first - 1) >= start) first -= 1
  while (last + 1 < whole.end && last - right < PIECE_TOKENS && field.endOf(last + 1) <= end) last += 1
  return { first, end: last + 1 }
}

/** The sentences that may tell most, the likeliest first. */
function likeliest(evidence: Evidence, end: number, strengths: Strengths): Group[] {
  const { sentences } = evidence
  const best: Group[] = []
  let before = 0
  for (let from = 0; from < end; ) {
    let to = from + 1
    while (to < end && sentences[to] === sentences[from]) to += 1
    const bound = strengths.next(evidence, from, to, SNIPPET.beforeReferring)
    if (best.length < CANDIDATES_MAX || bound > (best[CANDIDATES_MAX - 1] as Group).bound) {
      let place = best.length
      while (place > 0 && (best[place - 1] as Group).bound < bound) place -= 1
      best.splice(place, 0, { from, to, before, bound })
      best.length = Math.min(best.length, CANDIDATES_MAX)
    }
    before = from
    from = to
  }
  return best
}

/** The most that `lengthTerm` gives. */
const MOST_FOR_LENGTH = SNIPPET.length * Math.log(SNIPPET.lengthMean / SNIPPET.shortTokens)

/** What a sentence is worth by its length: short ones leave room for others, but very short ones are headings and exclamations. */
function lengthTerm({ first, end }: Sentence): number {
  const length = -SNIPPET.length * Math.log(Math.min(end - first, SNIPPET.lengthMax) / SNIPPET.lengthMean)
  return end - first < SNIPPET.shortTokens ? length - SNIPPET.short : length
}

/** An address written out. */
const ADDRESS = /:\/\/|\bwww\./

/** What headings, items of lists and links lose: lines without a full stop, those that go on from a line before, addresses. */
function listTerm(text: ArticleText, field: LocatedField, sentence: Sentence): number {
  const start = field.startOf(sentence.first)
  const stop = Math.min(field.endOf(sentence.end - 1), start + 2 * PIECE_CHARACTERS)
  const addressTerm = ADDRESS.test(text.slice(start, stop)) ? SNIPPET.address : 0
  return unstoppedTerm(text, field, sentence) + (goesOn(text, field, sentence) ? SNIPPET.goesOn : 0) + addressTerm
}

function unstoppedTerm(text: ArticleText, field: LocatedField, sentence: Sentence): number {
  const tokens = sentence.end - sentence.first
  if (tokens >= SNIPPET.unstoppedTokens || isStopped(text, field, sentence)) return 0
  return tokens < SNIPPET.shortTokens ? UNFINISHED : SNIPPET.unstopped
}

/** What is taken from a short line without a full stop: it is shown where nothing else is there. */
const UNFINISHED = 1

/** What the best answer in a sentence is worth, from 0 to 1. */
function answerOf(text: ArticleText, field: LocatedField, sentence: Sentence, question: Question | null): number {
  for (const { strength } of answersOf(text, field, sentence, question)) return strength
  return 0
}

/** What in a sentence answers a question, in offsets from its beginning; of a very long one in its beginning alone. */
export function answersOf(
  text: ArticleText,
  field: LocatedField,
  { first, end }: Sentence,
  question: Question | null,
): Iterable<Answer> {
  if (question === null) return []
  const start = field.startOf(first)
  const { tokens } = field.evidence
  const from = firstFrom(tokens, first)
  const isAsked = (left: number, right: number): boolean => {
    for (let i = from; i < tokens.length && at(tokens, i) < end; i++) {
      const token = at(tokens, i)
      if (field.startOf(token) - start < right && field.endOf(token) - start > left) return true
    }
    return false
  }
  const stop = Math.min(field.endOf(end - 1), start + 2 * PIECE_CHARACTERS)
  return answersIn(text.slice(start, stop), question, isAsked)
}
