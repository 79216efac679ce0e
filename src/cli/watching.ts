import { join } from 'node:path'
import type pino from 'pino'
import type { Config } from '../config.ts'
import { Registry } from '../registry/registry.ts'
import type { Supervisor } from '../update/supervise.ts'
import { startWatch } from './serve-parts.ts'

/** How often it is asked whether another index is called so. */
const PLACE_MS = 1000

/** The thread that takes in what changes under the PATHs, into the index in use: into what is called so, whoever swaps names meanwhile. */
export class Watching {
  readonly #config: Config
  readonly #watched: readonly string[]
  readonly #log: pino.Logger
  readonly #onState: () => void
  readonly #registry: Registry | undefined
  readonly #timer: NodeJS.Timeout | undefined
  #version = 0
  #cache: string
  #background: Supervisor | undefined
  /** It is started anew by one at a time. */
  #turns: Promise<void> = Promise.resolve()
  #isClosed = false

  /**
   * @param config its registry has been made
   * @param onState is called whenever `state` may have changed
   */
  constructor(config: Config, watched: readonly string[], log: pino.Logger, onState: () => void = () => {}) {
    this.#config = config
    this.#watched = watched
    this.#log = log
    this.#onState = onState
    this.#cache = join(config.cache)
    this.#background = startWatch(config, watched, log, onState)
    if (watched.length === 0) return
    this.#registry = Registry.openToServe(config.root)
    this.#version = this.#registry.dataVersion
    this.#timer = setInterval(() => this.#look(this.#registry as Registry), PLACE_MS)
  }

  get state(): Supervisor['state'] | undefined {
    return this.#background?.state
  }

  /** Reads by the rules of now: a thread that goes on would make snapshots the way before. */
  restart(): Promise<void> {
    this.#turns = this.#turns.then(async () => {
      if (this.#background === undefined || this.#isClosed) return
      await this.#background.close()
      if (this.#isClosed) return
      this.#background = startWatch({ ...this.#config, cache: this.#cache }, this.#watched, this.#log, this.#onState)
    })
    return this.#turns
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    await this.#turns
    await this.#background?.close()
    this.#registry?.close()
  }

  #look(registry: Registry): void {
    try {
      const { dataVersion } = registry
      if (dataVersion === this.#version) return
      const folder = registry.indexes.folderOf(this.#config.index)
      this.#version = dataVersion
      // of one that was deleted there is nothing to take in until there is one again
      const cache = folder === null ? this.#cache : join(this.#config.root, folder)
      if (cache === this.#cache) return
      this.#cache = cache
      this.restart().then(
        () => this.#log.info('another index is called so now: what is watched goes there'),
        (error: unknown) => this.#log.error({ err: error }, 'watching could not be begun anew'),
      )
    } catch (error) {
      this.#log.error({ err: error }, 'where the index in use lies could not be read; it is tried again')
    }
  }
}
