import { setImmediate } from 'node:timers/promises'
import { FundstelleError } from '../errors.ts'

/**
 * What pieces of work cost, in units of about a nanosecond on a two-core machine of 2026 with warm code. Work is counted, never
 * timed: the same request does the same work on every machine, whatever else runs there.
 */
export const COST = {
  /** One UTF-16 unit of a query, analysed. */
  queryCharacter: 2_000,
  /** One token of a value of a field: most of its forms are known. */
  valueToken: 2_000,
  /** One entry of a posting list. */
  posting: 8,
  /** One token of an article, looked through for something. */
  token: 3,
  /** One token of an article, read for the second stage, and one form that is met there for the first time. */
  rankedToken: 8,
  rankedForm: 1_500,
  /** One token of a hit, decoded with its offsets, and one match in it. */
  locatedToken: 30,
  match: 60,
  /** One comparison of two spellings by edit distance, and one of their sounds or n-grams. */
  editDistance: 500,
  likeness: 25,
  /** One form of the vocabulary that begins as wanted. */
  completion: 150,
  /** One step of matching a phrase at a place. */
  phraseStep: 60,
  /** One value of a field, compared with another or counted; one entry of a column; one document of a mask. */
  value: 60,
  entry: 2,
  document: 1,
  /** One comparison while hits are ordered. */
  comparison: 30,
  /** One UTF-16 unit of a text that is looked through or written out. */
  character: 2,
} as const

/** What one request may cost: about a tenth of a second. */
export const WORK_MAX = 110_000_000
/** What completing what is being typed may cost: it is done in one go, and asked for with every letter. */
export const SUGGEST_WORK_MAX = 40_000_000

/**
 * How far the budget may be used up when a stage of a search still begins something new. What comes later keeps the rest: hits that
 * were found are worth little without their order and their snippets.
 */
export const SHARE = { expansion: 0.25, words: 0.4, scores: 0.55, ranking: 0.75, page: 1 } as const

/** What was left out of an answer because the budget was used up. */
export type Cut =
  | 'query'
  | 'words'
  | 'expansions'
  | 'phrases'
  | 'ranking'
  | 'matches'
  | 'explanation'
  | 'reasons'
  | 'suggestions'
  | 'searches'

/** Part of an answer that would be wrong if it were cut short, so that the request is refused instead. */
export type Indivisible = 'filter' | 'operators' | 'facets' | 'sort'

const NAMES: Readonly<Record<Indivisible, { readonly de: string; readonly en: string }>> = {
  filter: { de: 'der Filter (filter)', en: 'the filter' },
  operators: { de: 'Ausschlüsse und Operatoren in der Anfrage (q)', en: 'exclusions and operators of the query (q)' },
  facets: { de: 'die Felder zum Eingrenzen (facets)', en: 'the facets' },
  sort: { de: 'die Sortierung (sort)', en: 'the sort order' },
}

/** Others get their turn after a request has held the thread for so long. */
const HOLD_MS = 15

/**
 * The work that one request may cause. It is counted where it is done and carried along; what is spent stays spent. Stages look at
 * it before they begin something new, so a request goes over its budget by one posting list, one article or one word at most.
 */
export class WorkBudget {
  readonly limit: number
  readonly #cuts = new Set<Cut>()
  #spent = 0
  #heldSince = performance.now()

  constructor(limit: number = WORK_MAX) {
    this.limit = limit
  }

  /** Units spent so far. */
  get spent(): number {
    return this.#spent
  }

  get cuts(): readonly Cut[] {
    return [...this.#cuts]
  }

  get isDegraded(): boolean {
    return this.#cuts.size > 0
  }

  spend(units: number): void {
    this.#spent += units
  }

  /** Whether a stage must begin nothing new. */
  isSpent(share: number = SHARE.page): boolean {
    return this.#spent >= this.limit * share
  }

  /** Notes that something was left out. */
  cut(what: Cut): void {
    this.#cuts.add(what)
  }

  /** @throws FundstelleError `request_costly` where the budget of the stage is used up */
  demand(what: Indivisible, share: number = SHARE.page): void {
    if (this.isSpent(share)) throw new FundstelleError('request_costly', { what: NAMES[what] })
  }

  /**
   * A budget for one of several searches that share this one; what it spends and cuts is to be given back by `settle`.
   * @param kept units that must be left for the others
   */
  part(kept = 0): WorkBudget {
    return new WorkBudget(Math.max(0, this.limit - this.#spent - kept))
  }

  settle(part: WorkBudget): void {
    this.#spent += part.#spent
    for (const cut of part.#cuts) this.#cuts.add(cut)
  }

  /** Whether others should get their turn now. */
  get isHolding(): boolean {
    return performance.now() - this.#heldSince >= HOLD_MS
  }

  /** Lets other requests go on. Only where nothing that they use is half done. */
  async giveWay(): Promise<void> {
    await setImmediate()
    this.#heldSince = performance.now()
  }
}
