import { rmSync } from 'node:fs'
import { join } from 'node:path'

/** Articles of more bytes than this are indexed in parts that lie on the disk until they are joined; of fewer all parts are in memory. */
export const IN_MEMORY_BYTES_MAX = 64_000_000

/** Segments of more tokens than this are joined where they lie on the disk. */
export const IN_MEMORY_TOKENS_MAX = 10_000_000

/** What is large; tests have small ones. */
export interface LargeLimits {
  readonly bytesMax?: number
  readonly tokensMax?: number
  /** See `PartsPlace`. */
  readonly partTokens?: number
  /** See `FlushOptions`. */
  readonly script?: URL
}

/** @param bytes of all articles that came; characters of some of them may stand for them, as these are no more */
export const isLarge = (bytes: number, most = IN_MEMORY_BYTES_MAX): boolean => bytes > most

/** Where the parts of a large index lie until they are joined. Nothing there is of use to anybody but the one writer who put it there. */
export const partsFolder = (cache: string): string => join(cache, 'parts')

/** Removes what is there, of a writer that was killed, too. */
export const clearParts = (cache: string): void => rmSync(partsFolder(cache), { recursive: true, force: true })
