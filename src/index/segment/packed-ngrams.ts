import { gramsOf } from '../../analysis/spelling/ngrams.ts'
import { Uint32Column } from '../arrays/growable.ts'
import { type PackedLists, packNewestFirst } from '../arrays/newest-first-lists.ts'
import { PackedInts, type PackedNumbers } from '../arrays/packed-ints.ts'
import { type PackedStringTable, StringTable } from '../arrays/string-table.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface PackedNgrams {
  readonly names: PackedStringTable
  readonly ends: Uint32Array
  readonly grams: PackedNumbers
  /** By gram. */
  readonly termsOfGrams: PackedLists
  readonly frequencies: Uint32Array
  readonly livingTerms: Uint32Array
}

/** The grams of all terms of a vocabulary, entered all at once: what `NgramIndex` packs, in a third of the memory. */
export function packNgrams({
  terms,
  documentFrequencies,
}: Pick<Vocabulary, 'terms' | 'documentFrequencies'>): PackedNgrams {
  const names = new StringTable()
  const ends = new Uint32Array(terms.length)
  const numbers = new Uint32Column()
  const frequencies = new Uint32Column()
  const livingTerms = new Uint32Column()
  for (let term = 0; term < ends.length; term++) {
    const articles = documentFrequencies.at(term)
    for (const name of gramsOf(terms.at(term) as string)) {
      let gram = names.numberOf(name)
      if (gram === undefined) {
        gram = names.add(name)
        frequencies.push(0)
        livingTerms.push(0)
      }
      numbers.push(gram)
      frequencies.set(gram, frequencies.at(gram) + articles)
      if (articles > 0) livingTerms.set(gram, livingTerms.at(gram) + 1)
    }
    ends[term] = numbers.length
  }
  const grams = PackedInts.from(numbers.view())
  return {
    names: names.pack(),
    ends,
    grams: grams.packed,
    termsOfGrams: packNewestFirst(names.length, grams.length, (at) => grams.at(at), termsOf(ends)),
    frequencies: frequencies.view(),
    livingTerms: livingTerms.view(),
  }
}

/** By place among the grams of all terms the term it belongs to; places are asked for in ascending order. */
function termsOf(ends: Uint32Array): (at: number) => number {
  let term = 0
  return (at) => {
    while ((ends[term] as number) <= at) term += 1
    return term
  }
}
