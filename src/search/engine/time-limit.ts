import { FundstelleError, type Localized } from '../../errors.ts'
import { endedBy, WorkBudget } from '../../work-budget.ts'
import type { Engine } from './engine.ts'

/**
 * The same engine, whose calls end: after `timeoutMs` with `engine_unavailable`, and at once where the client has gone away. What the
 * engine still does for such a call is given up the next time that it gives way; a search whose turn comes later does not begin.
 */
export function withTimeLimit(engine: Engine, timeoutMs: number): Engine {
  function limited<T>(call: (budget: WorkBudget) => Promise<T>, budget: WorkBudget = new WorkBudget()): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // an event that came before nobody hears
      budget.throwIfEnded()
      const { signal } = budget
      const end = (reason: Error): void => {
        budget.end(reason)
        reject(reason)
      }
      const timer = setTimeout(
        () => end(new FundstelleError('engine_unavailable', { why: givenUpAfter(timeoutMs / 1000) })),
        timeoutMs,
      )
      const gone = (): void => end(endedBy(signal as AbortSignal))
      signal?.addEventListener('abort', gone, { once: true })
      call(budget)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', gone)
        })
    })
  }
  return {
    read: (work, budget) => limited((one) => engine.read(work, one), budget),
    article: (id, budget) => limited((one) => engine.article(id, one), budget),
    idWithUrl: (urls, budget) => limited((one) => engine.idWithUrl(urls, one), budget),
    suggestTerms: (typed, most, budget) => limited((one) => engine.suggestTerms(typed, most, one), budget),
    facetValues: (wanted, budget) => limited((one) => engine.facetValues(wanted, one), budget),
    state: () => limited(() => engine.state()),
  }
}

const givenUpAfter = (seconds: number): Localized => ({
  de: `nach ${seconds} Sekunden aufgegeben`,
  en: `given up after ${seconds} seconds`,
})
