import type { ByteSource } from './byte-source.ts'
import type { LineLimits } from './lines.ts'
import { unpublished } from './make.ts'
import { isInDrafts } from './places.ts'
import { isReadByLines, readLines } from './read-file.ts'
import type { ReadResult } from './reader.ts'
import { refusalOf } from './refusal.ts'
import { exportItems, isExportFile } from './wxr.ts'

/** Whether a file is read in pieces, by `readInPieces`, and may have any size. */
export function isReadInPieces(path: string, absolutePath: string): boolean {
  return isReadByLines(path) || isExportFile(path, absolutePath)
}

/**
 * Makes articles of a file without ever holding more of it than a piece, a line or an item. Never throws, as `readLines`.
 * @param path see `readFile`
 * @returns with null wherever some of the file was looked at
 */
export function* readInPieces(
  source: ByteSource,
  path: string,
  absolutePath: string,
  limits: LineLimits,
): Generator<ReadResult | null> {
  if (isReadByLines(path)) return yield* readLines(source, path, absolutePath, limits)
  const areDrafts = isInDrafts(absolutePath)
  const name = path.normalize('NFC').toWellFormed()
  try {
    for (const reading of exportItems(source, name, limits)) {
      const isHidden = areDrafts && (reading?.kind === 'article' || reading?.kind === 'refusal')
      yield isHidden ? unpublished('draft', () => reading) : reading
    }
  } catch (error) {
    yield refusalOf(error)
  }
}
