import { fold } from '../analysis/german/fold.ts'
import { orderKey } from '../analysis/german/order-key.ts'
import { EDIT_LENGTH_MAX, phoneticCode } from '../analysis/spelling/edit-distance.ts'
import { gramsOf } from '../analysis/spelling/ngrams.ts'
import { keyOfForm } from '../analysis/word/word.ts'
import type { AnalysedArticle } from './analysed-article.ts'
import { hashOf } from './field-values.ts'
import { storedTerm } from './stored-terms.ts'

const LETTERS = /^\p{L}+$/u
/** Shorter words are near too many. */
const SOUND_LENGTH_MIN = 2
/** Of a term with more spellings the further ones are found by the term alone. */
const FORMS_MAX = 2_000

/** What the cluster keeps of a term. */
export interface VocabularyDocument {
  readonly term: string
  readonly termLength: number
  /** How many living articles have it. */
  readonly documents: number
  readonly forms: readonly string[]
  readonly formCount: number
  readonly begins: readonly string[]
  readonly sounds: readonly string[]
  readonly grams: readonly string[]
}

/** One spelling, and whether it is a stop word. */
export interface StoredForm {
  readonly form: string
  readonly isStop: boolean
}

const STOP = '1'
const CONTENT = '0'

export const storedForm = ({ form, isStop }: StoredForm): string => (isStop ? STOP : CONTENT) + form.toWellFormed()
export const readForm = (stored: string): StoredForm => ({ form: stored.slice(1), isStop: stored.startsWith(STOP) })

export const termId = (term: string): string => hashOf(term)

/** Whether slips are forgiven in a word: it is of letters, not too few and not too many. */
export const mayBeMistyped = (word: string): boolean =>
  LETTERS.test(word) && word.length >= SOUND_LENGTH_MIN && word.length <= EDIT_LENGTH_MAX

/** By term the spellings that some articles have; terms that are only parts or aliases have none. */
export function spellingsOf(articles: Iterable<AnalysedArticle>): Map<string, Set<string>> {
  const spellings = new Map<string, Set<string>>()
  for (const { title, text, extras, terms } of articles) {
    for (const term of terms.keys()) if (!spellings.has(term)) spellings.set(term, new Set())
    for (const { words } of [title, text, ...extras])
      for (const { term, form, stop } of words) spellings.get(term)?.add(storedForm({ form, isStop: stop }))
  }
  return spellings
}

export function vocabularyDocument(term: string, spellings: Iterable<string>): VocabularyDocument {
  const forms = [...spellings].slice(0, FORMS_MAX)
  const read = forms.map(readForm)
  const words = [term, ...read.map(({ form }) => fold(keyOfForm(form)))]
  return {
    term: storedTerm(term),
    termLength: term.length,
    documents: 0,
    forms,
    formCount: forms.length,
    begins: distinct(read.filter(({ isStop }) => !isStop).map(({ form }) => storedTerm(orderKey(keyOfForm(form))))),
    sounds: distinct(words.filter(mayBeMistyped).map((word) => storedTerm(phoneticCode(word)))),
    grams: gramsOf(term),
  }
}

/** Adds what a document lacks; nothing is written where it lacks nothing. */
export const ADD_SPELLINGS = `
  boolean changed = false;
  for (def name : ['forms', 'begins', 'sounds']) {
    for (def one : params[name]) {
      if (ctx._source[name].size() >= ${FORMS_MAX}) break;
      if (!ctx._source[name].contains(one)) { ctx._source[name].add(one); changed = true; }
    }
  }
  if (changed) ctx._source.formCount = ctx._source.forms.size(); else ctx.op = 'none';
`

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)]
