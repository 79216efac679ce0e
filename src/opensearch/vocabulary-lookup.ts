import { orderKey } from '../analysis/german/order-key.ts'
import { keyOfForm } from '../analysis/word/word.ts'
import type { PrefixQuery, TermCandidate } from '../search/engine/dictionary.ts'
import { noneOf, type Query } from './filter-query.ts'
import { GatheredLookups, LISTS_REMEMBERED } from './gathered-lookups.ts'
import type { Snapshot } from './snapshot.ts'
import { storedTerm, termOfStored } from './stored-terms.ts'
import { readForm, type StoredForm } from './vocabulary-document.ts'

/** A term of living articles, with its spellings. */
export interface VocabularyEntry extends TermCandidate {
  readonly forms: readonly StoredForm[]
}

interface VocabularyHit {
  readonly _source: { readonly term: string; readonly documents: number; readonly forms: readonly string[] }
}

/** The entries that a query finds, those of most articles first, then by name. */
export async function entriesOf(snapshot: Snapshot, query: Query, most: number): Promise<VocabularyEntry[]> {
  const living: Query = { range: { documents: { gt: 0 } } }
  const { hits } = await snapshot.searchVocabulary<{ hits: { hits: VocabularyHit[] } }>({
    size: most,
    query: { bool: { filter: [query, living] } },
    sort: [{ documents: 'desc' }, { term: 'asc' }],
    _source: ['term', 'documents', 'forms'],
    track_total_hits: false,
  })
  return hits.hits.map(({ _source: { term, documents, forms } }) => ({
    term: termOfStored(term),
    documents,
    forms: forms.map(readForm),
  }))
}

/** Where spellings must begin just so, entries are left out that were found by their folded ones. */
const LITERAL_SPARE = 4

export async function prefixTerms(
  snapshot: Snapshot,
  { prefix, except, isLiteral, termLengthMin, most }: PrefixQuery,
): Promise<TermCandidate[]> {
  const begins = orderKey(prefix)
  if (begins === '') return []
  const query: Query = {
    bool: {
      filter: [
        { prefix: { begins: { value: storedTerm(begins) } } },
        { range: { termLength: { gte: termLengthMin } } },
        noneOf([{ terms: { term: except.map(storedTerm) } }]),
      ],
    },
  }
  const isWanted = ({ form, isStop }: StoredForm): boolean => {
    const key = keyOfForm(form)
    return !isStop && orderKey(key).startsWith(begins) && (!isLiteral || key.startsWith(prefix))
  }
  const asked = Math.min(10_000, isLiteral ? most * LITERAL_SPARE : most)
  const found = await entriesOf(snapshot, query, asked)
  return found
    .filter(({ forms }) => forms.some(isWanted))
    .slice(0, most)
    .map(({ term, documents }) => ({ term, documents }))
}

const known = new WeakMap<Snapshot, GatheredLookups<readonly StoredForm[]>>()

/** The spellings of each of some terms. */
export function spellingsOfTerms(
  snapshot: Snapshot,
  terms: readonly string[],
): Promise<readonly (readonly StoredForm[])[]> {
  let lookups = known.get(snapshot)
  if (lookups === undefined) {
    const beforeNext = (gather: () => void): void => snapshot.beforeNextRequest(gather)
    lookups = new GatheredLookups((some) => formsOf(snapshot, some), beforeNext, [], LISTS_REMEMBERED)
    known.set(snapshot, lookups)
  }
  return lookups.of(terms)
}

async function formsOf(
  snapshot: Snapshot,
  terms: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredForm[]>> {
  const found = await entriesOf(snapshot, { terms: { term: terms.map(storedTerm) } }, terms.length)
  return new Map(found.map((entry) => [entry.term, entry.forms]))
}

/** A spelling of each term, in lower case. */
export async function surfaceForms(snapshot: Snapshot, terms: readonly string[]): Promise<string[]> {
  const found = await spellingsOfTerms(snapshot, terms)
  return found.flatMap((forms) => forms.slice(0, 1).map(({ form }) => keyOfForm(form)))
}
