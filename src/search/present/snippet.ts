import { classAt, classOf, EXTEND, PREPEND } from '../../analysis/tokenizer/characters.ts'
import type { ArticleText } from '../../article/article-text.ts'
import { WorkBudget } from '../../work-budget.ts'
import type { LocatedField } from '../match/locate.ts'
import { refersBack, type Sentence, sentenceBefore } from './sentence.ts'
import { bestSentences, type ScoredSentence } from './sentence-choice.ts'
import type { SnippetQuery } from './snippet-query.ts'
import { type Fragment, joined, overlaps, Room } from './snippet-room.ts'
import { SNIPPET } from './snippet-weights.ts'
import { safeEnd } from './text-edges.ts'

/** What of a text is shown. */
export interface Snippet {
  /** One or two, in their order; between two something is left out. */
  readonly fragments: readonly Fragment[]
  /** The one that tells most. */
  readonly best: Fragment
}

/** Characters a snippet may have for each word it may have: only hostile texts come near. */
const CHARACTERS_PER_WORD = 24

/**
 * Picks what of a text to show: the sentence that tells most about the query, whole where it fits, with whole neighbours, or with a second
 * fragment where another sentence tells nearly as much; of a longer one the part around the words of the query. At most `cropLength`
 * words in all. Without a match: the beginning. Takes time in proportion to the matches; where the budget is used up, the best place so
 * far is taken.
 */
export function snippetOf(
  text: ArticleText,
  field: LocatedField,
  query: SnippetQuery,
  cropLength: number,
  budget: WorkBudget = new WorkBudget(),
  fragmentsMax = 2,
): Snippet {
  const charactersMax = (cropLength + 1) * CHARACTERS_PER_WORD
  if (field.count === 0 || cropLength < 1) return openingOf(text, 0, text.length, cropLength)
  const room = new Room(text, field, query, cropLength, charactersMax, budget)
  if (field.evidence.tokens.length === 0) return only(room.fragmentOf(beginning(room)))
  const whole = { first: 0, end: field.count }
  if (field.count <= cropLength && room.holds(whole)) return only(room.fragmentOf(whole))
  const [best, ...others] = bestSentences(text, field, query, budget) as [ScoredSentence, ...ScoredSentence[]]
  const main = room.holds(best)
    ? withReferred(best, room)
    : (room.windowOf(best, cropLength, SNIPPET.reach) as Sentence)
  if (fragmentsMax > 1) {
    const second = secondOf(main, best, others, room)
    if (second !== null) return composed(room.filled(main, second), second, room)
    const pair = splitOf(best, others, room)
    if (pair !== null) return composed(...pair, room)
  }
  return composed(room.filled(main, null), null, room)
}

/** So many characters of a stretch that its words do not tell of, from its beginning on. */
export function openingOf(text: ArticleText, start: number, end: number, cropLength: number): Snippet {
  const stop = safeEnd(text, start, Math.min(end, start + (cropLength + 1) * CHARACTERS_PER_WORD))
  return only({ start, stop, first: 0, end: 0 })
}

const only = (fragment: Fragment): Snippet => ({ fragments: [fragment], best: fragment })

/** The beginning of a text: whole sentences, or as many words as fit of the first one. */
function beginning(room: Room): Sentence {
  const { field, words } = room
  let end = Math.min(field.count, words)
  while (end > 1 && !room.holds({ first: 0, end })) end -= 1
  if (end === field.count) return { first: 0, end }
  for (let border = end; border >= Math.max(1, words / 2); border--)
    if (field.beginsSentence(border)) return { first: 0, end: border }
  return { first: 0, end }
}

/** With the sentence before it where it refers to that and both fit. */
function withReferred(sentence: ScoredSentence, room: Room): Sentence {
  if (!refersBack(room.text, room.field, sentence)) return sentence
  const before = sentenceBefore(room.field, sentence)
  if (before === null || before.end - before.first > room.words || !room.isStopped(before)) return sentence
  const both = joined(before, sentence)
  return room.holds(both) ? both : sentence
}

/** Another sentence that tells nearly as much, or its best part, where there is room for it. */
function secondOf(
  main: Sentence,
  best: ScoredSentence,
  others: readonly ScoredSentence[],
  room: Room,
): Sentence | null {
  const left = room.words - room.wordsOf(main)
  if (left < SNIPPET.secondWords) return null
  const second = others.find(({ score }) => score >= SNIPPET.secondShare * best.score)
  if (second === undefined || overlaps(second, main)) return null
  if (room.holds(main, second)) return room.standBeside(main, second) ? second : null
  const characters = room.characters - room.charactersOf(main)
  const window = room.windowOf(second, left, SNIPPET.reachSecond, characters, 'clauses')
  return window !== null && room.holds(main, window) && room.standBeside(main, window) ? window : null
}

/** The best parts of two sentences that tell nearly the same, where they do not fit whole; not where a whole one has all of a few words. */
function splitOf(
  best: ScoredSentence,
  others: readonly ScoredSentence[],
  room: Room,
): readonly [Sentence, Sentence] | null {
  const second = others.find(({ score }) => score >= SNIPPET.splitShare * best.score)
  if (second === undefined || room.words < 2 * SNIPPET.secondWords || room.holds(best, second)) return null
  if (room.query.weights.length <= SNIPPET.fewWords && room.holds(best) && room.tellsAll(best)) return null
  const characters = room.characters / 2
  const words = Math.ceil(room.words * SNIPPET.splitFirst)
  const main = room.windowOf(best, words, SNIPPET.reachSecond, characters, 'clauseBegin')
  if (main === null) return null
  const other = room.windowOf(second, room.words - room.wordsOf(main), SNIPPET.reachSecond, characters, 'clauseBegin')
  return other !== null && room.holds(main, other) && room.standBeside(main, other) ? [main, other] : null
}

function composed(main: Sentence, second: Sentence | null, room: Room): Snippet {
  if (second === null) return only(room.fragmentOf(main))
  if (main.end === second.first || second.end === main.first) return only(room.fragmentOf(joined(main, second)))
  const best = room.fragmentOf(main)
  const other = room.fragmentOf(second)
  const [left, right] = best.first < other.first ? [best, other] : [other, best]
  return { fragments: [withBlankBehind(room.text, left), withBlankBefore(room.text, right)], best }
}

// A crop marker stands between words: the blanks beside it are the text's own.

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a

function withBlankBehind(text: ArticleText, fragment: Fragment): Fragment {
  const after = text.slice(fragment.stop, fragment.stop + 3)
  if (!isBlank(after.charCodeAt(0)) || (after.length > 1 && classAt(after, 1) === EXTEND)) return fragment
  return { ...fragment, stop: fragment.stop + 1 }
}

function withBlankBefore(text: ArticleText, fragment: Fragment): Fragment {
  const before = text.slice(Math.max(0, fragment.start - 3), fragment.start)
  if (!isBlank(before.charCodeAt(before.length - 1))) return fragment
  const last = before.codePointAt(before.length - 2) ?? 0
  const wider = before.codePointAt(before.length - 3) ?? 0
  if (last === 0x0d || classOf(last) === PREPEND || classOf(wider) === PREPEND) return fragment
  return { ...fragment, start: fragment.start - 1 }
}
