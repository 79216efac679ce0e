import type { BuildRules } from './messages.ts'

type Build = (folder: string, rules: BuildRules) => Promise<void>

/** Builds for several processes: one of a folder at a time, which serves whoever asks for it meanwhile. */
export class SharedBuilds {
  readonly #build: Build
  readonly #underWay = new Map<string, Promise<void>>()

  constructor(build: Build) {
    this.#build = build
  }

  /** Resolves when the snapshot of a folder is up to date. */
  build(folder: string, rules: BuildRules): Promise<void> {
    let building = this.#underWay.get(folder)
    if (building === undefined) {
      building = this.#build(folder, rules).finally(() => this.#underWay.delete(folder))
      this.#underWay.set(folder, building)
    }
    return building
  }

  /** Resolves when none is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay.values())
  }
}
