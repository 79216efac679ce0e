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
import { syncFolder } from './snapshot.ts'

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

  /** Folders of the generations that may be used, the one in force first, then older ones. */
  usable(): string[] {
    const current = this.currentNumber()
    if (current === undefined) return []
    const numbers = this.#numbers().filter((number) => number <= current)
    return numbers.reverse().map((number) => this.folder(number))
  }

  /** The number CURRENT names, or undefined where there is none. */
  currentNumber(): number | undefined {
    const path = join(this.#cache, CURRENT)
    if (!existsSync(path)) return undefined
    const match = NAME.exec(readFileSync(path, 'utf8').trim())
    return match === null ? undefined : Number(match[1])
  }

  folder(number: number): string {
    return join(this.#cache, `gen-${number}`)
  }

  /** A number no generation has had: also one that was begun and never put in force is not reused. */
  next(): number {
    return Math.max(0, this.currentNumber() ?? 0, ...this.#numbers()) + 1
  }

  /** Puts a finished generation in force in one step, then removes all but the newest two and whatever was left unfinished. */
  putInForce(number: number): void {
    const temporary = join(this.#cache, `${CURRENT}.new`)
    const descriptor = openSync(temporary, 'w')
    try {
      writeSync(descriptor, `gen-${number}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    const before = this.usable()[0]
    renameSync(temporary, join(this.#cache, CURRENT))
    syncFolder(this.#cache)
    const kept = new Set([this.folder(number), before].slice(0, KEPT))
    for (const other of this.#numbers()) {
      const folder = this.folder(other)
      if (!kept.has(folder)) rmSync(folder, { recursive: true, force: true })
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
