import { ALONE, type Groups } from './groups.ts'

/** Groups of equal contents as they were, and what was a tombstone then. */
export interface GroupsBefore {
  readonly of: Int32Array
  readonly deletedDocs: Uint8Array
}

/**
 * Brings groups of equal contents in step with articles that came and went: for each of them one look at all others, which is less than
 * grouping all of them again as long as they are few.
 * @param contents by docId a number that names title and text
 */
export function patchedGroups(before: GroupsBefore, contents: Float64Array, deletedDocs: Uint8Array): Groups {
  const size = contents.length
  const known = before.of.length
  const of = new Int32Array(size)
  of.set(before.of)
  of.fill(ALONE, known)
  for (let docId = 0; docId < known; docId++) {
    if (deletedDocs[docId] === before.deletedDocs[docId]) continue
    const group = of[docId] as number
    of[docId] = ALONE
    if (group !== ALONE) rename(of, group)
  }
  for (let docId = known; docId < size; docId++) if (deletedDocs[docId] === 0) join(of, docId, contents, deletedDocs)
  return { of, count: size }
}

/** Names a group after the least that is left of it; one alone is no group. */
function rename(of: Int32Array, group: number): void {
  const least = of.indexOf(group)
  if (least < 0) return
  const isAlone = of.indexOf(group, least + 1) < 0
  for (let docId = least; docId < of.length; docId++) if (of[docId] === group) of[docId] = isAlone ? ALONE : least
}

/** Enters an article into the group of the first before it that is the same. */
function join(of: Int32Array, docId: number, contents: Float64Array, deletedDocs: Uint8Array): void {
  const content = contents[docId] as number
  for (let other = contents.indexOf(content); other < docId; other = contents.indexOf(content, other + 1)) {
    if (deletedDocs[other] === 1) continue
    of[other] = of[other] === ALONE ? other : (of[other] as number)
    of[docId] = of[other] as number
    return
  }
}
