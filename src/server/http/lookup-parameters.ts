import type { FilterNode } from '../../search/filter/tree.ts'
import { EXPECTED, SUGGESTIONS_MAX, wholeNumberWords } from './expected-values.ts'
import { filterOf } from './filter-parameter.ts'
import { LOOKUP_SCHEMA } from './parameter-schemas.ts'
import { GOT_MAX, WrongParameters } from './wrong-parameters.ts'

const SUGGESTIONS_DEFAULT = 10

/** What is asked of `/suggest` and `/facets/:name`. */
export interface LookupRequest {
  readonly q: string
  readonly limit: number
  readonly filter: FilterNode | null
  /** What browsers' search bars read. */
  readonly isOpenSearch: boolean
}

/** @throws WrongParameters, FundstelleError where the filter is wrong */
export function readLookup(query: URLSearchParams): LookupRequest {
  const given = Object.fromEntries(
    Object.keys(LOOKUP_SCHEMA.shape).flatMap((name) => {
      const value = query.get(name)
      return value === null || (value === '' && name !== 'q') ? [] : [[name, value]]
    }),
  )
  const read = LOOKUP_SCHEMA.safeParse(given)
  if (!read.success) {
    const wrong = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))]
    throw new WrongParameters(
      wrong.map((name) => ({
        name,
        got: (given[name] ?? '').slice(0, GOT_MAX),
        expected: name === 'limit' ? wholeNumberWords(0, SUGGESTIONS_MAX) : EXPECTED[name as keyof typeof EXPECTED],
      })),
    )
  }
  const { q, limit, filter, format } = read.data
  return { q, limit: limit ?? SUGGESTIONS_DEFAULT, filter: filterOf(filter), isOpenSearch: format !== undefined }
}
