import type { ByteSource } from './byte-source.ts'
import type { LineLimits } from './lines.ts'
import { withPublication } from './make.ts'
import { isReadByLines, placePublication, readLines } from './read-file.ts'
import type { ReadResult } from './reader.ts'
import { refusalOf } from './refusal.ts'
import type { Pairs } from './site-rule.ts'
import { exportItems, isExportFile } from './wxr.ts'

/** Whether a file is read in pieces, by `readInPieces`, and may have any size. */
export function isReadInPieces(path: string, absolutePath: string): boolean {
  return isReadByLines(path) || isExportFile(path, absolutePath)
}

/**
 * Makes articles of a file without ever holding more of it than a piece, a line or an item. Never throws, as `readLines`.
 * @param path see `readFile`
 * @param siteValues see `readFile`
 * @returns with null wherever some of the file was looked at
 */
export function* readInPieces(
  source: ByteSource,
  path: string,
  absolutePath: string,
  limits: LineLimits,
  siteValues: Pairs = [],
): Generator<ReadResult | null> {
  if (isReadByLines(path)) return yield* readLines(source, path, absolutePath, limits, siteValues)
  const place = placePublication(absolutePath, siteValues)
  const name = path.normalize('NFC').toWellFormed()
  try {
    for (const reading of exportItems(source, name, limits))
      yield reading === null ? null : withPublication(reading, place)
  } catch (error) {
    yield refusalOf(error)
  }
}
