import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'

/**
 * What a power cut may leave of a folder: `late`, where the system has written nothing but what it was told to flush; `early`, where it
 * has written all names at once, but of the files only what it was told to flush.
 */
export type Remains = 'late' | 'early'

/** Leaves at `target` what would be left now. */
export type Leave = (remains: Remains, target: string) => void

const { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync } = fs
const { writeFileSync } = fs

interface Entry {
  /** Tells one file from another, whatever it is called now. */
  readonly key: string
  readonly isFolder: boolean
}

function entryOf(path: string): Entry {
  const stats = lstatSync(path, { bigint: true })
  return { key: `${stats.dev} ${stats.ino} ${stats.birthtimeNs}`, isFolder: stats.isDirectory() }
}

const entriesIn = (folder: string): Map<string, Entry> =>
  new Map(readdirSync(folder).map((name) => [name, entryOf(join(folder, name))]))

/** What the system was told to flush. */
class Disk {
  readonly #bytes = new Map<string, Buffer>()
  readonly #names = new Map<string, ReadonlyMap<string, Entry>>()

  flush(path: string): void {
    const { key, isFolder } = entryOf(path)
    if (isFolder) this.#names.set(key, entriesIn(path))
    else this.#bytes.set(key, readFileSync(path))
  }

  flushAll(path: string): void {
    this.flush(path)
    if (entryOf(path).isFolder) for (const name of readdirSync(path)) this.flushAll(join(path, name))
  }

  leave(remains: Remains, root: string, target: string): void {
    if (remains === 'late') this.#leaveLate(entryOf(root), target)
    else this.#leaveEarly(root, target)
  }

  #leaveLate({ key, isFolder }: Entry, target: string): void {
    const names = this.#makeAnew(key, isFolder, target) ? this.#names.get(key) : undefined
    for (const [name, entry] of names ?? []) this.#leaveLate(entry, join(target, name))
  }

  #leaveEarly(path: string, target: string): void {
    const { key, isFolder } = entryOf(path)
    const names = this.#makeAnew(key, isFolder, target) ? readdirSync(path) : []
    for (const name of names) this.#leaveEarly(join(path, name), join(target, name))
  }

  /** Makes a file with what it has, or a folder, still empty; whether it is one. */
  #makeAnew(key: string, isFolder: boolean, target: string): boolean {
    if (isFolder) mkdirSync(target)
    else writeFileSync(target, this.#bytes.get(key) ?? '')
    return isFolder
  }
}

/**
 * Runs `work` and calls `cut` after each of its synchronous calls that change something below `root`, but for those that write bytes: without a flush
 * nothing remains of these. They are the real calls, only listened to. What is below `root` before counts as flushed.
 */
export async function atEachWrite(root: string, work: () => Promise<void>, cut: (leave: Leave) => void): Promise<void> {
  const disk = new Disk()
  disk.flushAll(root)
  const changed = (path: unknown): void => {
    if (String(path).startsWith(root)) cut((remains, target) => disk.leave(remains, root, target))
  }
  const paths = new Map<number, string>()
  /** A call, and what is to be done after it. */
  const heard = <Given extends unknown[], Result>(
    call: (...given: Given) => Result,
    then: (given: Given, result: Result) => void,
  ): unknown => {
    return (...given: Given): Result => {
      const result = call(...given)
      then(given, result)
      return result
    }
  }
  const listening: Readonly<Record<string, unknown>> = {
    openSync: heard(openSync, ([path, flags], descriptor) => {
      paths.set(descriptor, String(path))
      if (flags !== 'r') changed(path)
    }),
    fsyncSync: heard(fsyncSync, ([descriptor]) => {
      const path = paths.get(descriptor) ?? ''
      if (path.startsWith(root)) disk.flush(path)
      changed(path)
    }),
    closeSync: heard(closeSync, ([descriptor]) => paths.delete(descriptor)),
    mkdirSync: heard(mkdirSync as (...given: unknown[]) => unknown, ([path]) => changed(path)),
    renameSync: heard(renameSync, ([, to]) => changed(to)),
    rmSync: heard(rmSync, ([path]) => changed(path)),
  }
  const system = { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync }
  Object.assign(fs, listening)
  syncBuiltinESMExports()
  try {
    await work()
  } finally {
    Object.assign(fs, system)
    syncBuiltinESMExports()
  }
}
