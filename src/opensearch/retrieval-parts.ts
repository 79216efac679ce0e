import type { WorkBudget } from '../work-budget.ts'
import type { ConstraintQueries } from './constraint-query.ts'
import type { FoundDocuments } from './found-documents.ts'
import type { PhraseFinder } from './phrase-finder.ts'
import type { ScoredWords } from './scored-words.ts'
import type { Snapshot } from './snapshot.ts'

/** What retrieving needs, made for one search. */
export interface RetrievalParts {
  readonly snapshot: Snapshot
  readonly documents: FoundDocuments
  readonly phrases: PhraseFinder
  readonly constraints: ConstraintQueries
  readonly words: ScoredWords
  readonly budget: WorkBudget
}
