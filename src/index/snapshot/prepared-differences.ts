import { SpellingCandidates } from '../dictionary/spelling-candidates.ts'
import { NearDuplicates } from '../docset/near-duplicates.ts'
import type { PackedSounds } from '../segment/prepared.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** How the words by their sound that lie in a snapshot differ from those of its vocabulary. */
export function* compareSpellings({ vocabulary, prepared }: ArticleIndex): Iterable<string> {
  if (prepared.spellings === undefined) return
  const got = prepared.spellings
  const wanted = new SpellingCandidates(vocabulary).pack()
  if (got.entered.join() !== wanted.entered.join())
    yield `${got.entered.join()} words instead of ${wanted.entered.join()}`
  yield* differing(wordsBySound(got.sounds), wordsBySound(wanted.sounds))
  yield* differing(soundsByGram(got.sounds), soundsByGram(wanted.sounds))
}

/** How the groups of duplicates that lie in a snapshot differ from those that are worked out. */
export function* compareDuplicates(index: ArticleIndex): Iterable<string> {
  const { duplicates } = index.prepared
  if (duplicates === undefined) return
  const wanted = new NearDuplicates(index, false).pack()
  for (const column of ['counts', 'signatures', 'exact', 'near'] as const) {
    const [got, expected] = [duplicates[column], wanted[column]]
    if (got.length !== expected.length) yield `${column}: ${got.length} numbers instead of ${expected.length}`
    const at = got.findIndex((number, place) => number !== expected[place])
    if (at >= 0) yield `${column}, place ${at}: ${got[at]} instead of ${expected[at]}`
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
  const { keys, ends, values } = sounds.postings
  const found = new Map<string, string>()
  for (const [at, key] of keys.entries()) {
    const numbers = values.subarray(at === 0 ? 0 : ends[at - 1], ends[at])
    found.set(
      `gram ${key}`,
      Array.from(numbers, (number) => soundOf(sounds, number))
        .sort()
        .join(),
    )
  }
  return found
}
