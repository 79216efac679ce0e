import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FundstelleError } from '../../errors.ts'
import { BLOCK_BYTES, BlockHash, type ByteRange, differingRanges, type FileDigest } from './block-hash.ts'
import { corrupt, corruptBy } from './corrupt.ts'

/** No system takes more than two gigabytes at once. */
const WRITE_STEP = 2 ** 30

/** Writes a file; it is on the disk when this returns. */
export function writeFlushed(path: string, pieces: readonly Uint8Array[], blockBytes = BLOCK_BYTES): FileDigest {
  return write(path, pieces, blockBytes, fsyncSync)
}

/** The same for a file that is of no use after a loss of power. */
export const writeUnflushed = (path: string, pieces: readonly Uint8Array[]): FileDigest =>
  write(path, pieces, BLOCK_BYTES, () => {})

function write(
  path: string,
  pieces: readonly Uint8Array[],
  blockBytes: number,
  flush: (descriptor: number) => void,
): FileDigest {
  const hash = new BlockHash(blockBytes)
  const descriptor = openSync(path, 'w')
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; )
        at += writeSync(descriptor, piece, at, Math.min(WRITE_STEP, piece.length - at))
      hash.update(piece)
    }
    flush(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return hash.digest()
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

/**
 * Reads a file of which the manifest says what it must be.
 * @param blockBytes so many bytes have a checksum of their own
 * @param memory where it is read to
 * @throws FundstelleError `snapshot_unsound`, naming the file and which bytes of it are damaged
 */
export async function readVerified(
  folder: string,
  name: string,
  expected: FileDigest,
  blockBytes: number,
  breathe: () => Promise<void>,
  memory: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): Promise<Uint8Array> {
  let bytes: Uint8Array = new Uint8Array(0)
  await readHashed(folder, name, expected, blockBytes, breathe, (at, length) => {
    if (at === 0) bytes = new Uint8Array(memory(expected.bytes))
    return bytes.subarray(at, at + length)
  })
  return bytes
}

/** As `readVerified`, and nothing of the file is kept. */
export async function verifyFile(
  folder: string,
  name: string,
  expected: FileDigest,
  blockBytes: number,
  breathe: () => Promise<void>,
): Promise<void> {
  const bytes = new Uint8Array(Math.min(STEP, expected.bytes))
  await readHashed(folder, name, expected, blockBytes, breathe, (_, length) => bytes.subarray(0, length))
}

/** @param memory where so many bytes from a place on are read to */
async function readHashed(
  folder: string,
  name: string,
  expected: FileDigest,
  blockBytes: number,
  breathe: () => Promise<void>,
  memory: (at: number, length: number) => Uint8Array,
): Promise<void> {
  const file = await opened(folder, name)
  try {
    const { size } = await file.stat()
    if (size !== expected.bytes) throw wrongLength(folder, name, size, expected)
    const hash = new BlockHash(blockBytes)
    for (let at = 0; at < size; ) {
      const step = memory(at, Math.min(STEP, size - at))
      const { bytesRead } = await file.read(step, 0, step.length, at).catch((error: unknown) => {
        throw corruptBy(join(folder, name), error)
      })
      // another process has cut it off meanwhile
      if (bytesRead === 0) throw wrongLength(folder, name, at, expected)
      hash.update(step.subarray(0, bytesRead))
      at += bytesRead
      await breathe()
    }
    const damaged = differingRanges(hash.digest(), expected, blockBytes)
    if (damaged.length > 0) throw damagedIn(folder, name, damaged)
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

export const wrongLength = (folder: string, name: string, bytes: number, expected: FileDigest): FundstelleError =>
  corrupt(folder, {
    de: `${name} hat ${bytes} Bytes statt ${expected.bytes}`,
    en: `${name} has ${bytes} bytes instead of ${expected.bytes}`,
  })

/** So many places are named; the others are only counted. */
const NAMED_MAX = 3

function damagedIn(folder: string, name: string, damaged: readonly ByteRange[]): FundstelleError {
  const named = (to: string, more: string): string => {
    const ranges = damaged.slice(0, NAMED_MAX).map(({ first, last }) => `${first} ${to} ${last}`)
    const others = damaged.length - ranges.length
    return ranges.join(', ') + (others > 0 ? ` ${more.replace('#', String(others))}` : '')
  }
  return corrupt(folder, {
    de: `${name} ist beschädigt: die Bytes ${named('bis', 'und # weitere Stellen')} passen nicht zu ihrer Prüfsumme`,
    en: `${name} is damaged: bytes ${named('to', 'and # other places')} do not match their checksum`,
  })
}
