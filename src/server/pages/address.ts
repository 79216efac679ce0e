import type { SearchRequest } from '../../search/query/request.ts'
import { LIMIT_DEFAULT } from '../../search/query/request.ts'
import { queryText } from './html.ts'
import { narrowingParameters, readNarrowing } from './narrowing.ts'

/** What of an address is kept when something else of it changes, in this order. Which page is meant is not. */
const KEPT = [
  'filter',
  'facets',
  'matchingStrategy',
  'foldDuplicates',
  'distinct',
  'cropLength',
  'explain',
  'lang',
  'index',
] as const
/** What stays when nothing else does. */
const ALWAYS_KEPT = ['lang', 'index']

/** The address of a search page, and those of its neighbours. */
export class PageAddress {
  readonly #parameters: readonly (readonly [string, string])[]

  constructor(query: URLSearchParams, request: SearchRequest) {
    const parameters: [string, string][] = [['q', request.q]]
    parameters.push(...narrowingParameters(readNarrowing(query)))
    for (const name of ['sort', ...KEPT]) {
      const value = query.get(name)
      if (value) parameters.push([name, value])
    }
    // an address without hits is a program's; its page may show some
    if (request.limit !== LIMIT_DEFAULT && request.limit > 0) parameters.push(['hitsPerPage', String(request.limit)])
    this.#parameters = parameters
  }

  /** The same search with some parameters changed; null takes one away. */
  with(changes: Readonly<Record<string, string | null>>): string {
    const query = new URLSearchParams()
    for (const [name, value] of this.#parameters) {
      const changed = Object.hasOwn(changes, name) ? changes[name] : value
      if (changed != null) query.append(name, changed)
    }
    for (const [name, value] of Object.entries(changes)) if (value !== null) query.set(name, value)
    if (query.get('q') === '') query.delete('q')
    return `./?${query}`
  }

  /** Without anything that narrows the search down. */
  get plain(): string {
    const query = new URLSearchParams()
    for (const [name, value] of this.#parameters) if (name === 'q' || ALWAYS_KEPT.includes(name)) query.set(name, value)
    if (query.get('q') === '') query.delete('q')
    return `./?${query}`
  }

  /** Where nothing is asked for. */
  get nothing(): string {
    const kept = this.#parameters.filter(([name]) => ALWAYS_KEPT.includes(name))
    return `./${queryText(kept)}`
  }

  /** What a form has to carry beside what its own fields say. */
  get kept(): readonly (readonly [string, string])[] {
    const kept: readonly string[] = [...KEPT, 'hitsPerPage']
    return this.#parameters.filter(([name]) => kept.includes(name))
  }
}
