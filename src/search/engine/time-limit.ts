import { FundstelleError } from '../../errors.ts'
import type { WorkBudget } from '../../work-budget.ts'
import type { Engine } from './engine.ts'

/**
 * The same engine, whose calls end: after `timeoutMs` with `engine_unavailable`, and with the reason of the budget's signal where that is
 * aborted. What it still does then is lost.
 */
export function withTimeLimit(engine: Engine, timeoutMs: number): Engine {
  const limited = <T>(call: (budget: WorkBudget) => Promise<T>, budget: WorkBudget): Promise<T> => {
    const limit = AbortSignal.timeout(timeoutMs)
    return new Promise<T>((resolve, reject) => {
      const stop = (): void =>
        reject(
          limit.aborted
            ? new FundstelleError('engine_unavailable', { seconds: timeoutMs / 1000 }, { cause: limit.reason })
            : budget.signal?.reason,
        )
      limit.addEventListener('abort', stop, { once: true })
      budget.signal?.addEventListener('abort', stop, { once: true })
      call(budget)
        .then(resolve, reject)
        .finally(() => {
          limit.removeEventListener('abort', stop)
          budget.signal?.removeEventListener('abort', stop)
        })
    })
  }
  return {
    read: (work, budget) => limited((one) => engine.read(work, one), budget),
    article: (id, budget) => limited((one) => engine.article(id, one), budget),
    idWithUrl: (urls, budget) => limited((one) => engine.idWithUrl(urls, one), budget),
    suggestTerms: (typed, most, budget) => limited((one) => engine.suggestTerms(typed, most, one), budget),
    facetValues: (wanted, budget) => limited((one) => engine.facetValues(wanted, one), budget),
    state: () => engine.state(),
  }
}
