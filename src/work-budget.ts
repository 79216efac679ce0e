import { setImmediate } from 'node:timers/promises'
import { FundstelleError, type Localized } from './errors.ts'
import { SHARE } from './work-costs.ts'

export { COST, SHARE } from './work-costs.ts'

/**
 * What one request may cost: well under a tenth of a second with warm code, two or three times as long with cold code. The searches of
 * all test sets stay below 25 million units, with articles of 9,000 words on average.
 */
export const WORK_MAX = 40_000_000
/** What completing what is being typed may cost: it is done in one go, and asked for with every letter. */
export const SUGGEST_WORK_MAX = 30_000_000

/** What was left out of an answer because the budget was used up. */
export type Cut =
  | 'query'
  | 'words'
  | 'expansions'
  | 'phrases'
  | 'ranking'
  | 'matches'
  | 'hits'
  | 'explanation'
  | 'reasons'
  | 'suggestions'
  | 'facets'
  | 'duplicates'
  | 'searches'

/** How much of a budget each of these may use up. */
const INDIVISIBLE_SHARE = 0.3

/** Part of an answer that would be wrong if it were cut short, so that the request is refused instead. */
export type Indivisible = 'filter' | 'operators' | 'facets' | 'sort'

const NAMES: Readonly<Record<Indivisible, Localized>> = {
  filter: { de: 'der Filter (filter)', en: 'the filter' },
  operators: { de: 'Ausschlüsse und Operatoren in der Anfrage (q)', en: 'exclusions and operators of the query (q)' },
  facets: { de: 'die Felder zum Eingrenzen (facets)', en: 'the facets' },
  sort: { de: 'die Sortierung (sort)', en: 'the sort order' },
}

/** What a simple search takes to find its hits and show the first of them, with hardly any of the second stage. */
const KEPT_FOR_EACH = 1_500_000
/** So many times their budget small searches take, see `SHARE.hits`. */
const OVER = 1.3

/** What searching consists of: waiting for a thread and its turn there, and the five steps of a search. */
export type Stage = 'wait' | 'rewrite' | 'retrieve' | 'rank' | 'collect' | 'locate'

/** Milliseconds that stages took. */
export type StageTimes = Readonly<Partial<Record<Stage, number>>>

/** A budget as one thread gives it to another. */
export interface BudgetState {
  readonly limit: number
  readonly indivisible: number
  readonly demanded: number
  readonly spent: number
  readonly cuts: readonly Cut[]
}

/** Others get their turn after a request has held the thread for so long. */
const HOLD_MS = 15

/**
 * The work that one request may cause. It is counted where it is done and carried along; what is spent stays spent. Stages look at
 * it before they begin something new, so a request goes over its budget by one posting list, one article or one word at most.
 */
export class WorkBudget {
  readonly limit: number
  /** Aborted where the client has gone away; its work is given up then the next time that it gives way. */
  readonly signal: AbortSignal | undefined
  readonly #whole: WorkBudget | undefined
  #end: Error | undefined
  /** What must not be cut short may use up so much. */
  #indivisible: number
  /** The most that any of it has used up. */
  #demanded = 0
  readonly #cuts = new Set<Cut>()
  readonly #times: Partial<Record<Stage, number>> = {}
  #spent = 0
  #heldSince = performance.now()

  /** @param whole what this is a part of: where that has ended, this has, too */
  constructor(
    limit: number = WORK_MAX,
    indivisible: number = limit * INDIVISIBLE_SHARE,
    signal?: AbortSignal,
    whole?: WorkBudget,
  ) {
    this.limit = limit
    this.#indivisible = indivisible
    this.signal = signal
    this.#whole = whole
  }

  /** A budget that another thread has given. */
  static of({ limit, indivisible, demanded, spent, cuts }: BudgetState, signal: AbortSignal): WorkBudget {
    const budget = new WorkBudget(limit, indivisible, signal)
    budget.#demanded = demanded
    budget.#spent = spent
    for (const cut of cuts) budget.#cuts.add(cut)
    return budget
  }

  get state(): BudgetState {
    return {
      limit: this.limit,
      indivisible: this.#indivisible,
      demanded: this.#demanded,
      spent: this.#spent,
      cuts: this.cuts,
    }
  }

  /** How long the stages of what was charged to it took. */
  get times(): StageTimes {
    return this.#times
  }

  /** Notes how long a stage took. */
  took(stage: Stage, ms: number): void {
    this.#times[stage] = (this.#times[stage] ?? 0) + ms
  }

  tookAll(times: StageTimes): void {
    for (const [stage, ms] of Object.entries(times)) this.took(stage as Stage, ms)
  }

  /** Takes over what another thread has made of it. */
  take({ indivisible, demanded, spent, cuts }: BudgetState): void {
    this.#indivisible = indivisible
    this.#demanded = demanded
    this.#spent = spent
    for (const cut of cuts) this.#cuts.add(cut)
  }

  /** Units spent so far. */
  get spent(): number {
    return this.#spent
  }

  /** Whether anything was done for the request already. */
  get hasBegun(): boolean {
    return this.#spent > 0 || this.#whole?.hasBegun === true
  }

  /** Units that are not spent yet. */
  get left(): number {
    return Math.max(0, this.limit - this.#spent)
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

  /**
   * For what must not be cut short: it has a part of the budget for itself, whatever was spent before.
   * @param since units that were spent when it began
   * @throws FundstelleError `request_costly` where it has used up its part
   */
  demand(what: Indivisible, since: number): void {
    if (!this.mayDemand(since)) this.refuse(what)
  }

  /** @throws FundstelleError `request_costly` */
  refuse(what: Indivisible): never {
    throw new FundstelleError('request_costly', { what: NAMES[what] })
  }

  /** Whether that part is not used up yet. */
  mayDemand(since: number): boolean {
    this.#demanded = Math.max(this.#demanded, this.#spent - since)
    return this.#spent - since < this.#indivisible
  }

  /** A budget of its own for what is left of that part; what it spends is to be given back by `spend`. */
  reserve(since: number): WorkBudget {
    const left = Math.max(0, this.#indivisible - (this.#spent - since))
    return new WorkBudget(left, undefined, this.signal, this)
  }

  /**
   * A budget for the next of several searches that share this one; what it spends and cuts is to be given back by `settle`. What must
   * not be cut short has one part for all of them.
   * @param more how many searches come after it: each keeps enough for its first hits, so that the last one has some, too
   */
  part(more: number): WorkBudget {
    // where there is not enough left for that, an equal part, less what searches go over theirs
    const equal = this.left / (more === 0 ? 1 : (more + 2) * OVER)
    return new WorkBudget(
      Math.max(equal, this.left - more * KEPT_FOR_EACH),
      Math.max(0, this.#indivisible),
      this.signal,
      this,
    )
  }

  /** A budget for something beside what this one is for: as much as is left of it. What it spends is to be given back by `spend`. */
  rest(): WorkBudget {
    return new WorkBudget(this.left, undefined, this.signal, this)
  }

  /** Gives the work up that is charged to this budget, the next time that it gives way. */
  end(reason: Error): void {
    this.#end ??= reason
  }

  /** @throws what `end` was given, or that the client has gone away */
  throwIfEnded(): void {
    if (this.#end !== undefined) throw this.#end
    if (this.signal?.aborted) throw endedBy(this.signal)
    this.#whole?.throwIfEnded()
  }

  settle(part: WorkBudget): void {
    this.#spent += part.#spent
    this.#indivisible -= part.#demanded
    for (const cut of part.#cuts) this.#cuts.add(cut)
    this.tookAll(part.#times)
  }

  /** Whether others should get their turn now. */
  get isHolding(): boolean {
    return performance.now() - this.#heldSince >= HOLD_MS
  }

  /**
   * Lets other requests go on. Only where nothing that they use is half done.
   * @throws see `throwIfEnded`
   */
  async giveWay(): Promise<void> {
    await setImmediate()
    this.throwIfEnded()
    this.#heldSince = performance.now()
  }
}

/** Why a request ended: a server need not give an error as the reason. */
export function endedBy({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('the client has gone away', { cause: reason })
}
