import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FundstelleError } from '../../errors.ts'
import { corrupt, corruptBy } from './corrupt.ts'

/** What tells whether a file is as it was written. */
export interface FileDigest {
  readonly bytes: number
  readonly sha256: string
}

/** Writes a file; it is on the disk when this returns. */
export function writeFlushed(path: string, pieces: readonly Uint8Array[]): FileDigest {
  const hash = createHash('sha256')
  const descriptor = openSync(path, 'w')
  let bytes = 0
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; ) at += writeSync(descriptor, piece, at, piece.length - at)
      hash.update(piece)
      bytes += piece.length
    }
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Makes the names in a folder as lasting as the files. Windows cannot and need not. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

export async function readWhole(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name))
  } catch (error) {
    throw corruptBy(join(folder, name), error)
  }
}

/** Bytes hashed between two breaths of the event loop. */
const HASH_STEP = 4 << 20

/** Reads a file of which the manifest says what it must be. */
export async function readVerified(
  folder: string,
  name: string,
  expected: FileDigest,
  breathe: () => Promise<void>,
): Promise<Uint8Array> {
  const read = await readWhole(folder, name)
  if (read.length !== expected.bytes) {
    throw corrupt(folder, {
      de: `${name} hat ${read.length} Bytes statt ${expected.bytes}`,
      en: `${name} has ${read.length} bytes instead of ${expected.bytes}`,
    })
  }
  const hash = createHash('sha256')
  for (let at = 0; at < read.length; at += HASH_STEP) {
    hash.update(read.subarray(at, at + HASH_STEP))
    await breathe()
  }
  if (hash.digest('hex') !== expected.sha256) throw wrongChecksum(folder, name)
  // small files may lie anywhere in a shared buffer; columns need a multiple of eight
  return read.byteOffset % 8 === 0 ? read : new Uint8Array(read)
}

export const wrongChecksum = (folder: string, name: string): FundstelleError =>
  corrupt(folder, { de: `${name} passt nicht zu seiner Prüfsumme`, en: `${name} does not match its checksum` })
