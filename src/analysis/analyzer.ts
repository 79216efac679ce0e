// The room `analysis`: text to words with their terms, for articles and queries alike. It imports its own rooms below (lexicon,
// tokenizer, german, word, context) and the owner's rules; it knows neither articles nor an index.

import type { IndexRules } from '../rules.ts'
import { NO_RULES } from '../rules.ts'
import { aliasesOf } from './context/aliases.ts'
import { isShouted } from './context/shouted.ts'
import { Memo } from './german/memo.ts'
import type { LemmaSource } from './german/terms.ts'
import { type Lexicon, lexiconKey } from './lexicon/lexicon.ts'
import { readLexicon } from './lexicon-file.ts'
import { isCapitalAt } from './tokenizer/characters.ts'
import { ownCopy } from './tokenizer/copy.ts'
import { tokenize } from './tokenizer/tokenize.ts'
import { ABBREVIATION, WRITTEN_SHORT } from './word/traits.ts'
import { type Word, withAliases } from './word/word.ts'
import { WordAnalyzer } from './word/word-analyzer.ts'

/** The tokens of one text, as parallel columns: token i is `text.slice(starts[i], ends[i])`. */
export interface Analysis {
  readonly count: number
  /** UTF-16 offsets into the analysed text. */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  /** 1 where a token is the first of its sentence, else 0. */
  readonly sentences: Uint8Array
  /** 1 where a token begins with a capital letter, else 0: words are compared in lower case. */
  readonly capitals: Uint8Array
  readonly words: readonly Word[]
}

export interface Analyzer {
  /** Cuts a text into tokens and analyses each. Never throws; the same text always gives the same. Linear in length. */
  analyze(text: string): Analysis
  /** Analyses one surface form as a token of it would be that stands alone. */
  word(surface: string): Word
  /** Whether a surface form is a German word as far as the lexicon knows: false for names, slips and many forms of verbs. */
  knows(surface: string): boolean
  /**
   * The term of the same letters written the other way, where that is another word: in small letters of ISS, in capitals of iss. Null
   * where it is the same word.
   */
  otherCase(word: Word): string | null
  /** Why a form has the term it has: what it was taken for; null where for nothing but itself. */
  basis(surface: string): LemmaSource | null
  /** What a site owner added to the lexicon: by these another thread makes the same analyzer. */
  readonly indexRules: IndexRules
}

/** Forms remembered at once; German texts repeat theirs, so nearly every token is a look-up. About 290 bytes each. */
const MEMO_FORMS_MAX = 2 ** 19
/** A form longer than this is analysed anew each time: few come twice, and each would cost its length. */
const MEMO_FORM_LENGTH_MAX = 64
const FULL_STOP = 0x2e

let standardLexicon: Lexicon | undefined

/**
 * @param rules what a site owner adds to the lexicon
 * @param remembered so many forms at most
 */
export function createAnalyzer(rules: IndexRules = NO_RULES, remembered = MEMO_FORMS_MAX): Analyzer {
  standardLexicon ??= readLexicon()
  const lexicon = rules.words.length === 0 ? standardLexicon : standardLexicon.with(rules.words.map(lexiconKey))
  const analyzer = new WordAnalyzer(lexicon, rules.unsplit)
  const memo = new Memo<Word>(remembered)

  const wordAt = (text: string, start: number, end: number): Word => {
    const isLong = end - start > MEMO_FORM_LENGTH_MAX
    const known = isLong ? undefined : memo.get(text, start, end)
    if (known !== undefined) return known
    const form = ownCopy(text.slice(start, end))
    const word = analyzer.analyze(form)
    return isLong ? word : memo.put(form, word)
  }

  const wordOf = (form: string): Word => wordAt(form, 0, form.length)

  let capacity = 1024
  let starts = new Uint32Array(capacity)
  let ends = new Uint32Array(capacity)
  let sentences = new Uint8Array(capacity)
  let capitals = new Uint8Array(capacity)

  return {
    indexRules: { words: rules.words, unsplit: rules.unsplit },
    word: wordOf,
    knows: (surface) => analyzer.knows(surface),
    otherCase: ({ key, traits }) =>
      (traits & ABBREVIATION) === 0 ? analyzer.capitalsOf(key) : analyzer.analyze(key).term,
    basis: (surface) => analyzer.basisOf(surface),
    analyze(text) {
      const words: Word[] = []
      const abbreviations: number[] = []
      let count = 0
      tokenize(text, (start, end, beginsSentence) => {
        if (count === capacity) {
          capacity *= 2
          starts = grown(starts, new Uint32Array(capacity))
          ends = grown(ends, new Uint32Array(capacity))
          sentences = grown(sentences, new Uint8Array(capacity))
          capitals = grown(capitals, new Uint8Array(capacity))
        }
        starts[count] = start
        ends[count] = end
        sentences[count] = beginsSentence ? 1 : 0
        capitals[count] = isCapitalAt(text, start) ? 1 : 0
        const word = wordAt(text, start, end)
        words.push(word)
        if ((word.traits & (ABBREVIATION | WRITTEN_SHORT)) !== 0) {
          if ((word.traits & ABBREVIATION) !== 0) abbreviations.push(count)
          if (text.charCodeAt(end) === FULL_STOP) words[count] = analyzer.beforeFullStop(word)
        }
        count += 1
      })
      const tokens = { starts, ends, sentences, words }
      for (const token of abbreviations.filter((one) => isShouted(text, tokens, one, analyzer)))
        words[token] = wordOf((words[token] as Word).key)
      const analysis = {
        count,
        starts: starts.slice(0, count),
        ends: ends.slice(0, count),
        sentences: sentences.slice(0, count),
        capitals: capitals.slice(0, count),
        words,
      }
      for (const [token, aliases] of aliasesOf(text, analysis, analyzer))
        words[token] = withAliases(words[token] as Word, aliases)
      return analysis
    },
  }
}

function grown<A extends Uint32Array | Uint8Array>(from: A, to: A): A {
  to.set(from)
  return to
}
