import { existsSync } from 'node:fs'
import { FundstelleError } from '../../errors.ts'
import type { ArticleStore } from '../../store/article-store.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { corrupt } from './corrupt.ts'
import type { Generations } from './generations.ts'
import type { SnapshotIdentity } from './manifest.ts'
import type { ReadFiles } from './read-files.ts'
import { readSnapshot } from './snapshot-reader.ts'

export interface Loaded {
  /** An empty one where no snapshot could be used. */
  readonly index: ArticleIndex
  /** The folder it was read from. */
  readonly folder: string | null
  /** What was found unsound on the way; empty also where there was nothing. */
  readonly complaints: readonly FundstelleError[]
}

/**
 * Loads the newest sound snapshot that can be brought up to date with the store.
 * @param signal aborted, it ends within a piece of work and throws the signal's reason
 * @param read where the files of a snapshot come from: from the disk, where nothing else is given
 */
export async function loadNewest(
  generations: Generations,
  store: ArticleStore,
  identity: SnapshotIdentity,
  signal?: AbortSignal,
  read?: ReadFiles,
): Promise<Loaded> {
  const { found, folder, complaints } = await newestOf(generations, store, (one) =>
    readSnapshot(one, identity, signal, read),
  )
  return { index: found ?? new ArticleIndex(), folder, complaints }
}

export interface Newest<Snapshot> {
  /** Null where none could be used. */
  readonly found: Snapshot | null
  readonly folder: string | null
  /** What was wrong with those before it; once what is wrong with a segment of several. */
  readonly complaints: readonly FundstelleError[]
}

/**
 * The newest generation that can be read and brought up to date with the store.
 * @param read of its folder; throws a FundstelleError where it is of no use
 */
export const newestOf = <Snapshot extends { readonly seqNo: number }>(
  generations: Generations,
  store: ArticleStore,
  read: (folder: string) => Promise<Snapshot>,
): Promise<Newest<Snapshot>> =>
  readInForce(
    generations,
    () => newestNow(generations, store, read),
    ({ found, complaints }) => found !== null && complaints.length === 0,
  )

/** Where others go on building, reading is begun so many times at most. */
const READINGS_MAX = 5

/**
 * Reads what is in force. Where that is not sound and another generation is in force by now, it may be that what was read has been removed meanwhile: then
 * it is read once more.
 */
export async function readInForce<Result>(
  generations: Generations,
  read: () => Promise<Result>,
  isSound: (result: Result) => boolean,
): Promise<Result> {
  for (let readings = 1; ; readings++) {
    const current = generations.currentNumber()
    const result = await read()
    if (isSound(result) || readings === READINGS_MAX || generations.currentNumber() === current) return result
  }
}

async function newestNow<Snapshot extends { readonly seqNo: number }>(
  generations: Generations,
  store: ArticleStore,
  read: (folder: string) => Promise<Snapshot>,
): Promise<Newest<Snapshot>> {
  const complaints: FundstelleError[] = []
  if (generations.isCurrentDamaged) complaints.push(currentDamaged(generations))
  for (const [at, folder] of generations.candidates().entries()) {
    try {
      const found = await read(folder)
      if (found.seqNo > store.seqNo) throw aheadOfStore(folder)
      if (found.seqNo < store.purgedSeqNo) throw tooOld(folder)
      return { found, folder, complaints }
    } catch (error) {
      if (!(error instanceof FundstelleError)) throw error
      // an older one may have been removed meanwhile, as a newer one is in force
      if (at > 0 && !existsSync(folder)) continue
      if (complaints.every(({ message }) => message !== error.message)) complaints.push(error)
    }
  }
  return { found: null, folder: null, complaints }
}

export const currentDamaged = (generations: Generations): FundstelleError =>
  corrupt(generations.currentPath, { de: 'nennt kein Index-Abbild', en: 'names no generation' })

const aheadOfStore = (folder: string): FundstelleError =>
  corrupt(folder, { de: 'weiter als der Artikelspeicher', en: 'ahead of the store' })

const tooOld = (folder: string): FundstelleError =>
  corrupt(folder, { de: 'zu alt, um nachgeführt zu werden', en: 'too old to be brought up to date' })
