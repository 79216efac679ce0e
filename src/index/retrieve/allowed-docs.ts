import type { RetrievalPlan } from '../../search/engine/retrieval.ts'
import type { WorkBudget } from '../../work-budget.ts'
import { combined, type DocSet, emptyDocSet, filterDocSet, liveDocSet } from '../docset/filter-docs.ts'
import type { NearDuplicates } from '../docset/near-duplicates.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import type { Constraints } from './constraints.ts'

/** Tells which articles may be hits of a plan at all: by the filter, the operators, the site owner's list, and what must not be like. */
export class AllowedDocs {
  readonly #index: ArticleIndex
  readonly #constraints: Constraints
  readonly #duplicates: NearDuplicates

  constructor(index: ArticleIndex, constraints: Constraints, duplicates: NearDuplicates) {
    this.#index = index
    this.#constraints = constraints
    this.#duplicates = duplicates
  }

  /**
   * Null where every article may be one.
   * @throws FundstelleError `request_costly`
   */
  async of({ filter, constraint, hidden, excludeLike }: RetrievalPlan, budget: WorkBudget): Promise<DocSet | null> {
    const docSets: DocSet[] = []
    if (filter !== null) docSets.push(await filterDocSet(this.#index, filter, budget))
    if (constraint !== null) docSets.push(await this.#constraints.docSet(constraint, budget))
    if (hidden.length > 0) docSets.push(this.#without(new Set(hidden)))
    if (excludeLike !== null) docSets.push(this.#unlike(excludeLike, budget))
    return docSets.length === 0 ? null : combined('and', [...docSets, liveDocSet(this.#index)])
  }

  #without(ids: ReadonlySet<string>): DocSet {
    const docSet = emptyDocSet(this.#index).fill(1)
    for (const id of ids) {
      const docId = this.#index.documents.docIdOfId(id)
      if (docId !== undefined) docSet[docId] = 0
    }
    return docSet
  }

  /** All but an article, and what is the same or nearly so. */
  #unlike(id: string, budget: WorkBudget): DocSet {
    const docSet = emptyDocSet(this.#index).fill(1)
    const docId = this.#index.documents.docIdOfId(id)
    if (docId === undefined) return docSet
    docSet[docId] = 0
    for (const other of this.#duplicates.alike(docId, budget)) docSet[other] = 0
    return docSet
  }
}
