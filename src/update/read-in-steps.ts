import { isReadByLines } from '../ingest/read-file.ts'
import type { FoundFile } from './find-files.ts'

const LARGE_BYTES = 8 << 20

/** A file of lines may be of any size: from here on a request to stop does not wait until it is read, nor does memory hold what it gave. */
export function isReadInSteps({ path, size }: FoundFile): boolean {
  return size > LARGE_BYTES && isReadByLines(path)
}
