import { FREQUENCY_MAX, type PostingList } from './posting-list.ts'

/**
 * The docIds of posting lists in the order of their frequencies, equal ones ascending. Takes linear time.
 * @param lists in the order of their docIds
 * @param least articles that have the term less often are left out
 */
export function docsByFrequency(lists: readonly PostingList[], least = 1): Uint32Array {
  const places = new Uint32Array(FREQUENCY_MAX + 2)
  for (const { frequencies, start, end } of lists) {
    for (let at = start; at < end; at++) {
      const next = (frequencies[at] as number) + 1
      places[next] = (places[next] as number) + 1
    }
  }
  places.fill(0, 0, least + 1)
  for (let frequency = 1; frequency < places.length; frequency++)
    places[frequency] = (places[frequency] as number) + (places[frequency - 1] as number)
  const sorted = new Uint32Array(places.at(-1) as number)
  for (const { docIds, frequencies, start, end } of lists) {
    for (let at = start; at < end; at++) {
      const frequency = frequencies[at] as number
      if (frequency < least) continue
      const place = places[frequency] as number
      sorted[place] = docIds[at] as number
      places[frequency] = place + 1
    }
  }
  return sorted
}
