import { isDeepStrictEqual } from 'node:util'
import { orderKey } from '../../analysis/german/order-key.ts'
import { keyOfForm } from '../../analysis/word/word.ts'
import { FormSet } from '../../search/engine/form-set.ts'
import { type FieldTokens, FORM_MASK, type MatchingTokens } from '../../search/engine/token-stream.ts'
import { DATE } from '../segment/doc-values.ts'
import { OCCURRENCE_KINDS, type PostingList } from '../segment/posting-list.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { compareDuplicates, compareSpellings } from './prepared-differences.ts'
import type { SnapshotFile } from './snapshot-files.ts'
import { compareFolded, compareFormsOfTerms, compareTable, compareValueOrder } from './table-differences.ts'

/** Letters of what is told of one thing. */
const SHOWN_MAX = 200
/** Of one file so many are told; more would tell nothing else. */
const DIFFERENCES_MAX = 3

/**
 * How an index differs from the one it should equal, a line each that begins with the file of a snapshot it would stand in. DocIds and
 * the numbers of terms and forms depend on the order of changes; what they stand for does not, and that is compared.
 */
export function differences(index: ArticleIndex, expected: ArticleIndex): string[] {
  const both = pairsOf(index, expected)
  return Object.entries(COMPARISONS).flatMap(([file, compare]) => {
    const found: string[] = []
    for (const difference of compare(index, expected, both)) {
      found.push(`${file}: ${difference}`)
      if (found.length === DIFFERENCES_MAX) break
    }
    return found
  })
}

/** A living article of both indexes. */
interface Pair {
  readonly id: string
  readonly mine: number
  readonly theirs: number
}

type Comparison = (index: ArticleIndex, expected: ArticleIndex, both: readonly Pair[]) => Iterable<string>

/** One for each file: a file of a snapshot that nothing compares does not compile. */
export const COMPARISONS: Readonly<Record<SnapshotFile, Comparison>> = {
  'documents.bin': compareDocuments,
  'vocabulary.bin': compareVocabularies,
  'grams.bin': compareGrams,
  'order.bin': compareOrder,
  'forward.bin': compareTokens,
  'spellings.bin': compareSpellings,
  'duplicates.bin': compareDuplicates,
  'fields.bin': compareFields,
  'postings.bin': comparePostings,
}

function pairsOf(index: ArticleIndex, { documents }: ArticleIndex): Pair[] {
  const pairs: Pair[] = []
  for (let theirs = 0; theirs < documents.size; theirs++) {
    if (documents.deletedDocs[theirs] === 1) continue
    const mine = index.documents.docIdOf(documents.seqNos[theirs] as number)
    if (mine !== undefined) pairs.push({ id: documents.ids.at(theirs) as string, mine, theirs })
  }
  return pairs
}

function* compareDocuments(
  { documents: mine }: ArticleIndex,
  { documents: theirs }: ArticleIndex,
  both: readonly Pair[],
): Iterable<string> {
  const found = new Set(both.map((pair) => pair.theirs))
  for (let docId = 0; docId < theirs.size; docId++) {
    if (theirs.deletedDocs[docId] === 0 && !found.has(docId)) yield `article ${theirs.ids.at(docId)}: got nothing`
  }
  for (let docId = 0; docId < mine.size; docId++) {
    if (mine.deletedDocs[docId] === 0 && theirs.docIdOf(mine.seqNos[docId] as number) === undefined)
      yield `article ${mine.ids.at(docId)} should not be there`
  }
  if (mine.liveCount !== theirs.liveCount) yield `${mine.liveCount} articles instead of ${theirs.liveCount}`
  for (const pair of both) {
    for (const column of ['ids', 'times', 'lengths', 'titleLengths', 'contents'] as const) {
      const [got, wanted] = [mine[column].at(pair.mine), theirs[column].at(pair.theirs)]
      if (got !== wanted) yield `article ${pair.id}, ${column}: ${got} instead of ${wanted}`
    }
  }
  yield* compareFolded('id', mine.ids, (id) => mine.docIdsWithId(id))
  yield* compareValueOrder('ids', mine.idOrder, mine.ids, false)
}

function* compareVocabularies(index: ArticleIndex, { vocabulary: theirs }: ArticleIndex) {
  const { vocabulary: mine } = index
  yield* compareTable('term', mine.terms, (term) => mine.terms.numberOf(term))
  yield* compareTable('form', mine.forms, (form) => mine.forms.numberOf(form))
  yield* compareFormsOfTerms(index)
  for (const term of new Set([...mine.terms, ...theirs.terms])) {
    const [got, wanted] = [mine.documentFrequency(term), theirs.documentFrequency(term)]
    if (got !== wanted) yield `“${term}”: in ${got} articles instead of ${wanted}`
  }
  const [got, wanted] = [formsOf(mine), formsOf(theirs)]
  for (const name of new Set([...got.keys(), ...wanted.keys()])) {
    const [one, other] = [got.get(name) ?? 'nothing', wanted.get(name) ?? 'nothing']
    if (one !== other) yield `form “${name}”: ${one} instead of ${other}`
  }
}

/** What is known of each form that a living article has. */
function formsOf(vocabulary: ArticleIndex['vocabulary']): Map<string, string> {
  const found = new Map<string, string>()
  for (const [form, name] of [...vocabulary.forms].entries()) {
    const count = vocabulary.formFrequencies.at(form)
    if (count === 0) continue
    const termOf = (term: number): string => vocabulary.terms.at(term) ?? `no term ${term}`
    const further = vocabulary
      .additionalTerms(form)
      .map(({ term, role, isUncounted }) => `${role} ${termOf(term)}${isUncounted ? ' (uncounted)' : ''}`)
    const stop = vocabulary.isStop(form) ? ['stop word'] : []
    const description = [`${count} × ${termOf(vocabulary.termOfForm(form))}`, ...stop, ...further].join(', ')
    found.set(name, found.has(name) ? `${found.get(name)}; and again ${description}` : description)
  }
  return found
}

/** Which terms have a gram, and the counts of each gram. */
function* compareGrams(
  { grams: mine, vocabulary }: ArticleIndex,
  { grams: theirs, vocabulary: expected }: ArticleIndex,
) {
  const names = [...mine.names()]
  yield* compareTable('gram', names, (gram) => mine.number(gram))
  const [got, wanted] = [gramsIn(mine, vocabulary), gramsIn(theirs, expected)]
  for (const gram of new Set([...got.keys(), ...wanted.keys()])) {
    const [one, other] = [got.get(gram), wanted.get(gram)]
    if (one === other) continue
    // some thousand terms may have it
    const shown = (found = 'nothing'): string => (found.length > SHOWN_MAX ? `${found.slice(0, SHOWN_MAX)} …` : found)
    yield `“${gram}”: ${shown(one)} instead of ${shown(other)}`
  }
}

/** What is known of each gram that a living article has: its counts, and the terms that lead to it and are led to. */
function gramsIn(grams: ArticleIndex['grams'], { terms, documentFrequencies }: ArticleIndex['vocabulary']) {
  const found = new Map<string, string>()
  for (const [gram, name] of [...grams.names()].entries()) {
    if (grams.frequency(gram) === 0) continue
    const listed: string[] = []
    grams.forEachTerm(gram, (term) => {
      if (documentFrequencies.at(term) === 0) return
      let leadsBack = false
      grams.forEachGram(term, (one) => {
        leadsBack ||= one === gram
      })
      listed.push(`${terms.at(term)}${leadsBack ? '' : ' (one way)'}`)
    })
    found.set(name, `${grams.frequency(gram)} and ${grams.livingTerms(gram)} × ${listed.sort().join(', ')}`)
  }
  return found
}

/** Every form once, under its key, by keys: also one that no living article has would lead a binary search astray. */
function* compareOrder({ formOrder, vocabulary }: ArticleIndex): Iterable<string> {
  const { order } = formOrder.pack()
  const { forms } = vocabulary
  const seen = new Set(order)
  if (order.length !== forms.length || seen.size !== forms.length)
    yield `${order.length} forms, ${seen.size} of them different, instead of ${forms.length}`
  let before = ''
  for (const form of order) {
    const name = forms.at(form)
    if (name === undefined) {
      yield `no form ${form}`
      continue
    }
    const key = orderKey(keyOfForm(name))
    if (key < before) yield `“${key}” after “${before}”`
    before = key
  }
}

function* compareTokens(index: ArticleIndex, expected: ArticleIndex, both: readonly Pair[]): Iterable<string> {
  const numbers = new Map(Array.from(index.vocabulary.forms, (form, number) => [form, number]))
  const numberOf = Array.from(expected.vocabulary.forms, (form) => numbers.get(form) ?? -1)
  const all = new FormSet(index.vocabulary.forms.length)
  for (let form = 0; form < index.vocabulary.forms.length; form++) all.add(form)
  let tokens = 0
  for (let docId = 0; docId < index.documents.size; docId++) tokens += index.forward.countOf(docId)
  if (tokens !== index.forward.tokens) yield `${index.forward.tokens} words, those of articles are ${tokens}`
  for (const { id, mine, theirs } of both) {
    const [got, wanted] = [index.forward.counts(mine), expected.forward.counts(theirs)]
    if (got.title !== wanted.title || got.text !== wanted.text || got.extras !== wanted.extras) {
      const formatted = ({ title, text, extras }: typeof got): string => [title, text, extras].join(' + ')
      yield `article ${id}: ${formatted(got)} words instead of ${formatted(wanted)}`
      continue
    }
    const [one, other] = [index.forward.tokensOf(mine), expected.forward.tokensOf(theirs)]
    const isSame = one.every((token, at) => {
      const their = other[at] as number
      return (token & FORM_MASK) === numberOf[their & FORM_MASK] && (token & ~FORM_MASK) === (their & ~FORM_MASK)
    })
    if (!isSame || !isFoundWhole(one, index.forward.matching(mine, all))) yield `article ${id}: other words`
    const [places, theirPlaces] = [index.forward.fields(mine), expected.forward.fields(theirs)]
    for (const field of ['title', 'text'] as const)
      if (!hasSameOffsets(places[field], theirPlaces[field])) yield `article ${id}, ${field}: words at other places`
    const [stretches, theirStretches] = [index.forward.textStretches(mine), expected.forward.textStretches(theirs)]
    if (!isDeepStrictEqual(stretches, theirStretches)) yield `article ${id}: its text is cut at other places`
    const [headings, theirHeadings] = [index.forward.headings(mine), expected.forward.headings(theirs)]
    if (!isDeepStrictEqual(headings, theirHeadings)) yield `article ${id}: other headings`
  }
}

function* compareFields({ fields }: ArticleIndex, { fields: expected }: ArticleIndex, both: readonly Pair[]) {
  for (const name of new Set([...fields.names, ...expected.names])) {
    const [mine, theirs] = [fields.column(name), expected.column(name)]
    if (mine !== undefined) {
      if (new Set(mine.values).size !== mine.values.length) yield `${name}: a value twice`
      if (!isAscending(mine.docIds.subarray(0, mine.length)) || !isAscending(mine.docsWithEmptyList))
        yield `${name}: articles out of order`
      yield* compareTable(name, mine.values, (value) => mine.codeOf(value))
      yield* compareFolded(name, mine.values, (text) => mine.codesWith(text))
      yield* compareValueOrder(name, mine.order, mine.values, name === DATE)
    }
    const [docsWithEmptyList, theirEmptyLists] = [new Set(mine?.docsWithEmptyList), new Set(theirs?.docsWithEmptyList)]
    for (const pair of both) {
      // a number is no text that looks like it
      const got = JSON.stringify(mine?.codesOf(pair.mine).map((code) => mine.values.at(code)) ?? [])
      const wanted = JSON.stringify(theirs?.codesOf(pair.theirs).map((code) => theirs.values.at(code)) ?? [])
      if (got !== wanted) yield `article ${pair.id}, ${name}: ${got} instead of ${wanted}`
      if (docsWithEmptyList.has(pair.mine) !== theirEmptyLists.has(pair.theirs))
        yield `article ${pair.id}, ${name}: empty or not`
    }
  }
}

function* comparePostings(index: ArticleIndex, expected: ArticleIndex, both: readonly Pair[]): Iterable<string> {
  const mineOf = new Map(both.map(({ mine, theirs }) => [theirs, mine]))
  const isLiving = (docId: number): boolean => index.documents.deletedDocs[docId] === 0
  for (const term of new Set([...index.vocabulary.terms, ...expected.vocabulary.terms])) {
    for (let place = 0; place < OCCURRENCE_KINDS; place++) {
      const mine = index.postings.lists(index.vocabulary.termNumber(term), place)
      const theirs = expected.postings.lists(expected.vocabulary.termNumber(term), place)
      if (!isAscending(Array.from(pairsIn(mine), ([docId]) => docId)))
        yield `“${term}”: articles out of order (place ${place})`
      const got: string[] = []
      for (const [docId, frequency] of pairsIn(mine)) if (isLiving(docId)) got.push(`${docId}:${frequency}`)
      const wanted: string[] = []
      for (const [docId, frequency] of pairsIn(theirs))
        if (expected.documents.deletedDocs[docId] === 0) wanted.push(`${mineOf.get(docId)}:${frequency}`)
      if (got.sort().join() !== wanted.sort().join()) yield `“${term}”: other postings (place ${place})`
    }
  }
}

/** The articles of posting lists, and how often each has the term. */
function* pairsIn(lists: readonly PostingList[]): Iterable<[docId: number, frequency: number]> {
  for (const { docIds, frequencies, start, end } of lists)
    for (let at = start; at < end; at++) yield [docIds[at] as number, frequencies[at] as number]
}

/** Whether a search for all forms there are finds every token where it stands. */
const isFoundWhole = (tokens: Uint32Array, { count, places, tokens: found }: MatchingTokens): boolean =>
  count === tokens.length && tokens.every((token, at) => places[at] === at && found[at] === token)

function hasSameOffsets(one: FieldTokens, other: FieldTokens): boolean {
  for (let token = 0; token < one.count; token++)
    if (one.startOf(token) !== other.startOf(token) || one.endOf(token) !== other.endOf(token)) return false
  return one.count === other.count
}

/** Each as large as the one before, or larger. */
function isAscending(numbers: Uint32Array | readonly number[]): boolean {
  for (let at = 1; at < numbers.length; at++) if ((numbers[at] as number) < (numbers[at - 1] as number)) return false
  return true
}
