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

const CURRENT = 'CURRENT'
const NAME = /^gen-(\d+)$/
/** Generations kept: the current one and the one before it. */
const KEPT = 2

/** The snapshots of a cache folder: `gen-N` folders, and a file CURRENT that names the one in force. */
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

  /** A number no generation has had: also one that was begun and never made current is not reused. */
  next(): number {
    return Math.max(0, this.currentNumber() ?? 0, ...this.#numbers()) + 1
  }

  /** Puts a finished generation in force in one step, then removes all but the newest two and whatever was left unfinished. */
  makeCurrent(number: number): void {
    const temporary = join(this.#cache, `${CURRENT}.new`)
    const descriptor = openSync(temporary, 'w')
    try {
      writeSync(descriptor, `gen-${number}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    const before = this.candidates().find((folder) => existsSync(folder) && folder !== this.folder(number))
    renameSync(temporary, this.currentPath)
    syncFolder(this.#cache)
    const kept = new Set([this.folder(number), before].slice(0, KEPT))
    for (const other of this.#numbers()) {
      const folder = this.folder(other)
      if (!kept.has(folder)) rmSync(folder, { recursive: true, force: true })
    }
  }

  /**
   * Removes what was begun and is not in force, as far as that can be told and done. The caller is the only writer.
   */
  clearUnfinished(): void {
    const current = this.currentNumber()
    if (current === undefined && existsSync(this.currentPath)) return
    for (const number of this.#numbers()) {
      if (number <= (current ?? 0)) continue
      try {
        rmSync(this.folder(number), { recursive: true, force: true })
      } catch {
        // the next one tries again
      }
    }
  }

  #numbers(): number[] {
    if (!existsSync(this.#cache)) return []
    return readdirSync(this.#cache)
      .flatMap((name) => NAME.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b)
  }
}
