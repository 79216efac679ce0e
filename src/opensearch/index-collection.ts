import { type Cluster, statusOf } from './cluster.ts'
import { ClusterIndex, type IndexState, STATE_ID, UNNUMBERED } from './cluster-index.ts'

/** A build and what it stands at. */
export interface FoundBuild {
  readonly index: ClusterIndex
  readonly state: IndexState
}

type Action = Readonly<Record<'add' | 'remove' | 'remove_index', object>>

const NOT_FOUND = 404
const NUMBERED = /-(?:articles|vocabulary)-(\d+)$/

/**
 * The builds of one collection of articles in a cluster. Two aliases name the one that is read; they are switched in one request, and a reader asks for that of
 * the vocabulary alone: the number of what it names says which articles belong to it, so nobody reads articles of one build with the vocabulary of another.
 */
export class IndexCollection {
  readonly cluster: Cluster
  readonly #name: string

  /** @param name what the names of all its indexes and aliases begin with */
  constructor(cluster: Cluster, name: string) {
    this.cluster = cluster
    this.#name = name
  }

  build(number: number): ClusterIndex {
    return new ClusterIndex(this.cluster, this.#name, number)
  }

  /** What both aliases are called, and how the indexes were called before there were any. */
  get aliases(): Readonly<Record<'articles' | 'vocabulary', string>> {
    return this.build(UNNUMBERED)
  }

  /** The build that is read; null where there is none. */
  async current(signal?: AbortSignal): Promise<FoundBuild | null> {
    const path = `/${this.aliases.vocabulary}/_doc/${STATE_ID}`
    const { status, body } = await this.cluster.send<{ _index: string; _source?: IndexState }>({
      ...{ method: 'GET', path, expected: [NOT_FOUND], signal },
    })
    if (status === NOT_FOUND || body._source === undefined) return null
    return { index: this.build(numberOf(body._index)), state: body._source }
  }

  /** The numbers of all builds that anything is left of, ascending. */
  async builds(): Promise<number[]> {
    const { articles, vocabulary } = this.aliases
    const found = await this.cluster.body<Record<string, unknown>>({
      method: 'GET',
      path: `/${articles}*,${vocabulary}*/_alias`,
      query: { expand_wildcards: 'all' },
    })
    // a collection may be called like the beginning of another
    const isOurs = (name: string): boolean => [articles, vocabulary].includes(name.replace(/-\d+$/, ''))
    return [...new Set(Object.keys(found).filter(isOurs).map(numberOf))].sort((a, b) => a - b)
  }

  /**
   * Lets everybody read `next` from now on: both aliases in one request, so that they never name two builds. An index from before there were aliases has their
   * names, and goes in the same request.
   * @param before the build that was read until now
   * @throws FundstelleError `engine_unavailable`, too, where another one is read meanwhile: then nothing is switched
   */
  async switchTo(next: ClusterIndex, before: ClusterIndex | null): Promise<void> {
    const aliases = this.aliases
    const actions = (['articles', 'vocabulary'] as const).flatMap((kind): Partial<Action>[] => {
      const add = { add: { index: next[kind], alias: aliases[kind] } }
      // whatever a first build that was given up left there
      if (before === null)
        return [{ remove: { index: `${aliases[kind]}-*`, alias: aliases[kind], must_exist: false } }, add]
      if (before.build === UNNUMBERED) return [{ remove_index: { index: before[kind] } }, add]
      return [{ remove: { index: before[kind], alias: aliases[kind], must_exist: true } }, add]
    })
    try {
      await this.cluster.send({ method: 'POST', path: '/_aliases', body: { actions } })
    } catch (error) {
      // a request whose answer was lost is sent again, and then it has been done already
      const mayBeDone = [400, NOT_FOUND].includes(statusOf(error) ?? 0)
      if (!mayBeDone || (await this.current())?.index.build !== next.build) throw error
    }
  }

  async delete(): Promise<void> {
    for (const number of await this.builds()) await this.build(number).delete()
  }
}

const numberOf = (index: string): number => Number(NUMBERED.exec(index)?.[1] ?? UNNUMBERED)
