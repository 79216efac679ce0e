import { isReadInPieces } from '../ingest/read-in-pieces.ts'
import type { FoundFile } from './find-files.ts'

const LARGE_BYTES = 8 << 20

/** A file that is read in pieces may be of any size: from here on a request to stop does not wait until it is read, nor does memory hold what it gave. */
export function isReadInSteps({ path, absolutePath, size }: FoundFile): boolean {
  return size > LARGE_BYTES && isReadInPieces(path, absolutePath)
}
