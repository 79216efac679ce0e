import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from './checksummed-files.ts'
import type { Commit } from './commit.ts'

const CURRENT = 'CURRENT'
const NAME = /^gen-(\d+)$/
const SEGMENT = /^seg-(\d+)$/

/**
 * The snapshots of a cache folder: `gen-N` folders, each of which names the segments it consists of, `seg-N` folders that several may share; and a
 * file CURRENT that names the one in force. A segment has the number of the generation it was written for.
 */
export class Generations {
  readonly #cache: string

  constructor(cache: string) {
    this.#cache = cache
  }

  /**
   * Folders of the generations that may be used, the one in force first (even where it is missing), then older ones; all
   * where CURRENT is damaged. Whether they are sound is for the reader to verify.
   */
  candidates(): string[] {
    const numbers = this.#numbers().reverse()
    if (this.isCurrentDamaged) return numbers.map((number) => this.folder(number))
    const current = this.currentNumber()
    if (current === undefined) return []
    return [current, ...numbers.filter((number) => number < current)].map((number) => this.folder(number))
  }

  /** The number CURRENT names, or undefined where there is none. */
  currentNumber(): number | undefined {
    const match = NAME.exec(this.#current() ?? '')
    return match === null ? undefined : Number(match[1])
  }

  /** True where CURRENT is there but names no generation: it is replaced in one step, so nothing of ours leaves it so. */
  get isCurrentDamaged(): boolean {
    const current = this.#current()
    return current !== undefined && !NAME.test(current)
  }

  get currentPath(): string {
    return join(this.#cache, CURRENT)
  }

  #current(): string | undefined {
    if (!existsSync(this.currentPath)) return undefined
    try {
      return readFileSync(this.currentPath, 'utf8').trim()
    } catch {
      return ''
    }
  }

  folder(number: number): string {
    return join(this.#cache, `gen-${number}`)
  }

  /** The name of the segment that is written for a generation, and its folder. */
  segment(number: number): { readonly name: string; readonly folder: string } {
    const name = `seg-${number}`
    return { name, folder: join(this.#cache, name) }
  }

  /** A number above those of all generations and segments that are there. One that was cleared away as unfinished may be given again. */
  next(): number {
    return Math.max(0, this.currentNumber() ?? 0, ...this.#numbers(), ...this.#numbers(SEGMENT)) + 1
  }

  /**
   * Puts a finished generation in force in one step, then removes, as far as that can be done, all but that and its base, the segments that
   * neither of these names, and whatever was left unfinished.
   * @param base the folder of the sound generation that it was built on; null where there was none
   */
  makeCurrent(number: number, base: string | null): void {
    const temporary = join(this.#cache, `${CURRENT}.new`)
    const descriptor = openSync(temporary, 'w')
    try {
      writeSync(descriptor, `gen-${number}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, this.currentPath)
    syncFolder(this.#cache)
    this.#removeAllBut([this.folder(number), ...(base === null ? [] : [base])])
  }

  /** @param generations their folders, first that of the one in force */
  #removeAllBut(generations: readonly string[]): void {
    const others = this.#numbers().map((number) => this.folder(number))
    removeAll(others.filter((folder) => !generations.includes(folder)))
    const named = generations.map((folder) => this.#segmentsOf(folder))
    // that in force names one at least
    if (named.includes(undefined) || named[0]?.length === 0) return
    const segments = this.#numbers(SEGMENT).map((number) => this.segment(number).folder)
    removeAll(segments.filter((folder) => !named.some((folders) => folders?.includes(folder))))
  }

  /**
   * The folders of the segments that a generation names: none where it is not there or damaged, as nobody can use it then; undefined where it
   * cannot be read now, but perhaps by others.
   */
  #segmentsOf(folder: string): string[] | undefined {
    let manifest: string
    try {
      manifest = readFileSync(join(folder, 'manifest.json'), 'utf8')
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined
    }
    try {
      const { segments } = JSON.parse(manifest) as Pick<Commit, 'segments'>
      return segments.map(({ name }) => join(this.#cache, name))
    } catch {
      return []
    }
  }

  /**
   * Removes what was begun and is not in force, as far as that can be told and done. The caller is the only writer.
   */
  clearUnfinished(): void {
    const current = this.currentNumber()
    if (current === undefined && existsSync(this.currentPath)) return
    const isBegun = (number: number): boolean => number > (current ?? 0)
    const folders = [
      ...this.#numbers()
        .filter(isBegun)
        .map((number) => this.folder(number)),
      ...this.#numbers(SEGMENT)
        .filter(isBegun)
        .map((number) => this.segment(number).folder),
    ]
    removeAll(folders)
  }

  #numbers(pattern = NAME): number[] {
    if (!existsSync(this.#cache)) return []
    return readdirSync(this.#cache)
      .flatMap((name) => pattern.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b)
  }
}

/** As far as it can be done: the next one tries again. */
function removeAll(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // a file of it is in use, or the folder is not ours
    }
  }
}
