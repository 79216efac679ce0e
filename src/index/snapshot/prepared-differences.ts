import { KeyedLists } from '../arrays/keyed-lists.ts'
import { SpellingCandidates } from '../dictionary/spelling-candidates.ts'
import { HASHES } from '../docset/minhash.ts'
import { NearDuplicates } from '../docset/near-duplicates.ts'
import type { PackedSounds } from '../segment/prepared.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** How the words by their sound that lie in a snapshot, with those that came since, differ from those of the vocabulary. */
export function* compareSpellings({ vocabulary, prepared }: ArticleIndex): Iterable<string> {
  const { spellings } = prepared
  if (spellings === undefined) return
  const { forms, terms } = vocabulary
  const entered = [forms.packedLength, terms.packedLength].join()
  if (spellings.entered.join() !== entered) yield `${spellings.entered.join()} words instead of ${entered}`
  const [got, wanted] = [
    new SpellingCandidates(vocabulary, spellings).pack(),
    new SpellingCandidates(vocabulary).pack(),
  ]
  yield* differing(wordsBySound(got.sounds), wordsBySound(wanted.sounds))
  yield* differing(soundsByGram(got.sounds), soundsByGram(wanted.sounds))
  // entered once more, no word may make a new sound
  const again = new SpellingCandidates(vocabulary, { entered: Uint32Array.of(0, 0), sounds: got.sounds }).pack()
  const missed = again.sounds.ends.length - got.sounds.ends.length
  if (missed !== 0) yield `${missed} sounds are not found`
}

/**
 * How what lies in a snapshot of duplicates differs from what is worked out. Where articles came or went since, its
 * groups are patched, if not too many did, and compared with those that are made of all articles.
 */
export function* compareDuplicates(index: ArticleIndex): Iterable<string> {
  const { duplicates } = index.prepared
  if (duplicates === undefined) return
  const { size, liveCount, ids } = index.documents
  const { counts, ...rest } = duplicates
  const [docIds = 0, living = 0] = counts
  if (docIds !== ids.packedLength) yield `${docIds} articles instead of ${ids.packedLength}`
  if (living > docIds || living + size - docIds < liveCount) yield `${living} living articles among ${docIds}`
  const lengths = { signatures: docIds * HASHES, exact: docIds, near: docIds }
  const [got, wanted] = [new NearDuplicates(index).pack(), new NearDuplicates(index, false).pack()]
  for (const column of ['signatures', 'exact', 'near'] as const) {
    const { length } = rest[column]
    if (length !== lengths[column]) yield `${column}: ${length} numbers instead of ${lengths[column]}`
    const at = wanted[column].findIndex((number, place) => number !== got[column][place])
    if (at >= 0) yield `${column}, place ${at}: ${got[column][at]} instead of ${wanted[column][at]}`
  }
}

function* differing(got: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>): Iterable<string> {
  for (const name of new Set([...got.keys(), ...wanted.keys()])) {
    const [one, other] = [got.get(name) ?? 'nothing', wanted.get(name) ?? 'nothing']
    if (one !== other) yield `${name}: ${one} instead of ${other}`
  }
}

const soundOf = ({ codes, ends }: PackedSounds, number: number): string =>
  codes.subarray(number === 0 ? 0 : ends[number - 1], ends[number]).join('-')

/** By sound its letters and the words that have it, as numbers. */
function wordsBySound(sounds: PackedSounds): Map<string, string> {
  const found = new Map<string, string>()
  for (let number = 0; number < sounds.ends.length; number++) {
    const items: number[] = []
    for (let entry = sounds.lastEntries[number] as number; entry > 0; entry = sounds.entriesBefore[entry - 1] as number)
      items.push(sounds.items[entry - 1] as number)
    const name = `sound ${soundOf(sounds, number)}`
    found.set(
      name,
      `${sounds.letters[number]}: ${items.sort((a, b) => a - b).join()}${found.has(name) ? ' again' : ''}`,
    )
  }
  return found
}

/** By gram the sounds that have it. */
function soundsByGram(sounds: PackedSounds): Map<string, string> {
  const lists = new KeyedLists(sounds.postings)
  const found = new Map<string, string>()
  for (const key of sounds.postings.keys) {
    found.set(
      `gram ${key}`,
      Array.from(lists.read(key), (number) => soundOf(sounds, number))
        .sort()
        .join(),
    )
  }
  return found
}
