import type { Stage, WorkBudget } from './work-budget.ts'

/** Tells a budget how long stages take that follow each other: each begins where the one before has ended. */
export function stopwatch(budget: Pick<WorkBudget, 'took'>): (ended: Stage) => void {
  let since = performance.now()
  return (ended) => {
    const now = performance.now()
    budget.took(ended, now - since)
    since = now
  }
}
