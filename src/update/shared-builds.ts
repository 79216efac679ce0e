import { isDeepStrictEqual } from 'node:util'

/** A build under way, or one that waits for it. */
interface Building<Rules> {
  readonly rules: Rules
  readonly done: Promise<void>
}

/**
 * Builds that several ask for: one of a folder at a time, which serves whoever asks for it by the same rules meanwhile. One by other rules follows it:
 * whoever asks for that could do nothing with what the first one makes.
 */
export class SharedBuilds<Rules> {
  readonly #build: (folder: string, rules: Rules) => Promise<void>
  /** The last one of each folder. */
  readonly #last = new Map<string, Building<Rules>>()

  constructor(build: (folder: string, rules: Rules) => Promise<void>) {
    this.#build = build
  }

  /** Resolves when the snapshot of a folder is up to date, and made by these rules. */
  build(folder: string, rules: Rules): Promise<void> {
    const last = this.#last.get(folder)
    if (last !== undefined && isDeepStrictEqual(last.rules, rules)) return last.done
    const begun =
      last === undefined ? this.#build(folder, rules) : last.done.catch(() => {}).then(() => this.#build(folder, rules))
    const done = begun.finally(() => {
      if (this.#last.get(folder)?.done === done) this.#last.delete(folder)
    })
    this.#last.set(folder, { rules, done })
    return done
  }

  isBuilding(folder: string): boolean {
    return this.#last.has(folder)
  }

  /** Resolves when none is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#last.values()].map(({ done }) => done))
  }
}
