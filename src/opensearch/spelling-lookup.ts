import { fold } from '../analysis/german/fold.ts'
import { EDIT_LENGTH_MAX, editDistance, phoneticCode } from '../analysis/spelling/edit-distance.ts'
import { keyOfForm } from '../analysis/word/word.ts'
import type { SpellingCandidate } from '../search/engine/dictionary.ts'
import type { Snapshot } from './snapshot.ts'
import { storedTerm } from './stored-terms.ts'
import { mayBeMistyped, type StoredForm } from './vocabulary-document.ts'
import { entriesOf } from './vocabulary-lookup.ts'

/** One edit is looked for from so many letters on, two from so many. */
const ONE_EDIT_LENGTH = 3
const TWO_EDITS_LENGTH = 7
const ONE_EDIT_DISTANCE = 1.55
const DISTANCE_PER_LETTER = 0.35
/** Terms whose spellings are compared; of more, those of most articles. */
const COMPARED_MAX = 1_000

/** Terms and spellings that sound as a word does but for one slip or two, and how far each is from it. */
export async function spellingCandidates(
  snapshot: Snapshot,
  spelling: string,
  distanceMax: number,
): Promise<SpellingCandidate[]> {
  if (spelling.length < ONE_EDIT_LENGTH || spelling.length > EDIT_LENGTH_MAX) return []
  const edits = spelling.length < TWO_EDITS_LENGTH || distanceMax <= 1 ? 1 : 2
  const farthest = Math.min(distanceMax, edits === 1 ? ONE_EDIT_DISTANCE : spelling.length * DISTANCE_PER_LETTER)
  const sound = storedTerm(phoneticCode(spelling))
  const query = {
    fuzzy: {
      sounds: { value: sound, fuzziness: edits, transpositions: true, prefix_length: 0, rewrite: 'constant_score' },
    },
  }
  const candidates: SpellingCandidate[] = []
  const add = (
    term: string,
    documents: number,
    compared: string,
    matched: 'spelling' | 'term',
    isStop: boolean,
  ): void => {
    if (!mayBeMistyped(compared)) return
    const distance = editDistance(spelling, compared, farthest)
    if (distance < Number.POSITIVE_INFINITY) candidates.push({ term, documents, distance, matched, isStop })
  }
  for (const { term, documents, forms } of await entriesOf(snapshot, query, COMPARED_MAX)) {
    for (const { form, isStop } of forms) add(term, documents, fold(keyOfForm(form)), 'spelling', isStop)
    add(term, documents, term, 'term', isStopOnly(forms))
  }
  return candidates
}

/** Whether only stop words have a term. */
const isStopOnly = (forms: readonly StoredForm[]): boolean => forms.length > 0 && forms.every(({ isStop }) => isStop)
