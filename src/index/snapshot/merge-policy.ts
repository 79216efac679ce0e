import { DELETED_SHARE_MAX } from '../segment/segment.ts'

/** All later segments together have at most this share of the first one’s tokens: they are joined onto it at each start. */
export const LATER_SHARE_MAX = 1 / 8
/** A segment stays as it is while it has so many times the tokens of all that came after it. */
const GROWTH = 2
/** So many segments at most: each is a folder of files that are opened, and takes a few milliseconds of a start. */
export const SEGMENTS_MAX = 8

/** How large a segment is. */
export interface SegmentSize {
  /** All articles that it ever had. */
  readonly docs: number
  /** Those among them that are living. */
  readonly articles: number
  /** Of all of them. */
  readonly tokens: number
}

/**
 * Which segments stay as they are when a new one comes, or when articles went: the first ones, so many. All others become one, together with the
 * new one. The later ones are joined logarithmically: of n articles that come in many portions each is written about log n times. Where they
 * take too much of each start, or a fifth of all articles is deleted, nothing stays: everything becomes one.
 * @param fresh the new one; without any articles where none came
 */
export function keptSegments(segments: readonly SegmentSize[], fresh: SegmentSize): number {
  const [first, ...later] = segments
  if (first === undefined) return 0
  if (isLarge([...later, fresh], first) || isMostlyDeleted([...segments, fresh])) return 0
  if (fresh.docs === 0) return segments.length
  let kept = segments.length
  let { tokens } = fresh
  for (; kept > 1; kept--) {
    const last = segments[kept - 1] as SegmentSize
    if (last.tokens >= GROWTH * tokens && kept < SEGMENTS_MAX) break
    tokens += last.tokens
  }
  return kept
}

/** A token takes fewer bytes of an article, on the average: some seven of its text. */
const BYTES_A_TOKEN_MAX = 20

/** Whether articles of so many bytes are about to come that no segment will stay. Where it is not told, their tokens may say so all the same. */
export const isMuch = ([first]: readonly SegmentSize[], bytes: number): boolean =>
  first !== undefined && bytes / BYTES_A_TOKEN_MAX > first.tokens * LATER_SHARE_MAX

const isLarge = (later: readonly SegmentSize[], first: SegmentSize): boolean =>
  later.reduce((sum, { tokens }) => sum + tokens, 0) > first.tokens * LATER_SHARE_MAX

function isMostlyDeleted(segments: readonly SegmentSize[]): boolean {
  const docs = segments.reduce((sum, one) => sum + one.docs, 0)
  const articles = segments.reduce((sum, one) => sum + one.articles, 0)
  return docs - articles > docs * DELETED_SHARE_MAX
}
