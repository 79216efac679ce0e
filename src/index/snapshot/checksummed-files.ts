import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FundstelleError } from '../../errors.ts'
import { corrupt, corruptBy } from './corrupt.ts'

/** What tells whether a file is as it was written. */
export interface FileDigest {
  readonly bytes: number
  readonly sha256: string
}

/** No system takes more than two gigabytes at once. */
const WRITE_STEP = 2 ** 30

/** Writes a file; it is on the disk when this returns. */
export function writeFlushed(path: string, pieces: readonly Uint8Array[]): FileDigest {
  const hash = createHash('sha256')
  const descriptor = openSync(path, 'w')
  let bytes = 0
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; )
        at += writeSync(descriptor, piece, at, Math.min(WRITE_STEP, piece.length - at))
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

/** Bytes read and hashed between two breaths of the event loop: a few milliseconds. */
const STEP = 4 << 20

/** Reads a file of which the manifest says what it must be. */
export async function readVerified(
  folder: string,
  name: string,
  expected: FileDigest,
  breathe: () => Promise<void>,
): Promise<Uint8Array> {
  const file = await opened(folder, name)
  try {
    const { size } = await file.stat()
    if (size !== expected.bytes) throw wrongLength(folder, name, size, expected)
    const bytes = new Uint8Array(size)
    const hash = createHash('sha256')
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(STEP, size - at), at)
      // another process has cut it off meanwhile
      if (bytesRead === 0) throw wrongLength(folder, name, at, expected)
      hash.update(bytes.subarray(at, at + bytesRead))
      at += bytesRead
      await breathe()
    }
    if (hash.digest('hex') !== expected.sha256) throw wrongChecksum(folder, name)
    return bytes
  } finally {
    await file.close()
  }
}

async function opened(folder: string, name: string): Promise<FileHandle> {
  try {
    return await open(join(folder, name))
  } catch (error) {
    throw corruptBy(join(folder, name), error)
  }
}

const wrongLength = (folder: string, name: string, bytes: number, expected: FileDigest): FundstelleError =>
  corrupt(folder, {
    de: `${name} hat ${bytes} Bytes statt ${expected.bytes}`,
    en: `${name} has ${bytes} bytes instead of ${expected.bytes}`,
  })

export const wrongChecksum = (folder: string, name: string): FundstelleError =>
  corrupt(folder, { de: `${name} passt nicht zu seiner Prüfsumme`, en: `${name} does not match its checksum` })
