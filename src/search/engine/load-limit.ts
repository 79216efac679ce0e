import { FundstelleError } from '../../errors.ts'
import type { Engine } from './engine.ts'

/** An engine that takes no more calls at once than can be answered soon. */
export interface LimitedEngine extends Engine {
  /** Calls that are not answered yet. */
  readonly waiting: number
  /** Calls that were refused since the start. */
  readonly refused: number
}

/** Calls that are under way, of one engine or of several that share them. */
export class Load {
  waiting = 0
  refused = 0
}

/**
 * The same engine, which refuses with `overloaded` what comes while `most` calls are being answered: those who wait for an engine that is slow would else be
 * more and more. Naming the state waits for nobody, and counts nothing.
 */
export function withLoadLimit(engine: Engine, most: number, load = new Load()): LimitedEngine {
  async function limited<T>(call: () => Promise<T>): Promise<T> {
    if (load.waiting >= most) {
      load.refused += 1
      throw new FundstelleError('overloaded')
    }
    load.waiting += 1
    try {
      return await call()
    } finally {
      load.waiting -= 1
    }
  }
  return {
    get waiting() {
      return load.waiting
    },
    get refused() {
      return load.refused
    },
    read: (work, budget) => limited(() => engine.read(work, budget)),
    article: (id, budget) => limited(() => engine.article(id, budget)),
    idWithUrl: (urls, budget) => limited(() => engine.idWithUrl(urls, budget)),
    suggestTerms: (typed, most, budget) => limited(() => engine.suggestTerms(typed, most, budget)),
    facetValues: (wanted, budget) => limited(() => engine.facetValues(wanted, budget)),
    state: () => engine.state(),
  }
}
