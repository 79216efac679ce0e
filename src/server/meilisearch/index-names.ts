import { ApiError } from './api-error.ts'

/** Bytes of an index's name. */
const UID_MAX = 512
const UID = /^[A-Za-z0-9_-]+$/
const PATTERN = /^(?:[A-Za-z0-9_-]+\*?|\*)$/

/** Whether an index may be called so. Names are letters and digits alone, so each character is one byte, and none leads out of a folder. */
export const isIndexUid = (uid: string): boolean => uid.length <= UID_MAX && UID.test(uid)

/** @throws ApiError `invalid_index_uid` */
export function checkIndexUid(uid: string): void {
  if (isIndexUid(uid)) return
  const shown = uid.length > SHOWN_MAX ? `${uid.slice(0, SHOWN_MAX)}…` : uid
  throw new ApiError(
    'invalid_index_uid',
    `\`${shown}\` is not a valid index uid. Index uid can be an integer or a string containing only alphanumeric characters, ` +
      `hyphens (-) and underscores (_), and can not be more than ${UID_MAX} bytes.`,
  )
}

const SHOWN_MAX = 200

/** Whether a name, or the beginning of names with a star behind it, stands in a key or in the rules of a token. */
export const isIndexPattern = (pattern: string): boolean => pattern.length <= UID_MAX + 1 && PATTERN.test(pattern)

/** Whether a pattern means an index; also whether it contains another pattern (`a*` contains `ab*`, but not the other way round). */
export function matchesIndex(pattern: string, uid: string): boolean {
  return pattern.endsWith('*') ? uid.startsWith(pattern.slice(0, -1)) : uid === pattern
}

/** Of the patterns that mean an index the most exact: its name, else the longest beginning. Undefined where none does. */
export function closestPattern(patterns: Iterable<string>, uid: string): string | undefined {
  let closest: string | undefined
  for (const pattern of patterns) {
    if (!matchesIndex(pattern, uid)) continue
    if (pattern === uid) return pattern
    if (closest === undefined || pattern.length > closest.length) closest = pattern
  }
  return closest
}
