import { ApiError } from './api-error.ts'
import type { CodeOf } from './checked.ts'

/** How a parameter of an address is read. */
type Reading = 'text' | 'number' | 'ratio' | 'boolean' | 'list' | 'filter'

const READINGS: Readonly<Record<string, Reading>> = {
  offset: 'number',
  limit: 'number',
  page: 'number',
  hitsPerPage: 'number',
  cropLength: 'number',
  rankingScoreThreshold: 'ratio',
  retrieveVectors: 'boolean',
  showMatchesPosition: 'boolean',
  showRankingScore: 'boolean',
  showRankingScoreDetails: 'boolean',
  showPerformanceDetails: 'boolean',
  useNetwork: 'boolean',
  attributesToRetrieve: 'list',
  attributesToCrop: 'list',
  attributesToHighlight: 'list',
  attributesToSearchOn: 'list',
  facets: 'list',
  sort: 'list',
  locales: 'list',
  filter: 'filter',
}

/**
 * The parameters of an address as the body of a request would have them.
 * @param known the parameters there are
 * @throws ApiError
 */
export function parametersOf(
  query: Readonly<Record<string, readonly string[]>>,
  known: readonly string[],
  codeOf: CodeOf,
): Record<string, unknown> {
  const parameters: Record<string, unknown> = {}
  for (const [name, values] of Object.entries(query)) {
    if (!known.includes(name)) {
      const names = known.map((one) => `\`${one}\``).join(', ')
      throw new ApiError('bad_request', `Unknown parameter \`${name.slice(0, SHOWN_MAX)}\`: expected one of ${names}`)
    }
    const [value = ''] = values
    const wrong = (expected: string): ApiError =>
      new ApiError(
        codeOf([name]),
        `Invalid value in parameter \`${name}\`: could not parse \`${value.slice(0, SHOWN_MAX)}\` as a ${expected}`,
      )
    parameters[name] = readAs(value, READINGS[name] ?? 'text', wrong)
  }
  return parameters
}

const SHOWN_MAX = 200

function readAs(value: string, reading: Reading, wrong: (expected: string) => ApiError): unknown {
  switch (reading) {
    case 'number':
      if (!/^\d{1,15}$/.test(value)) throw wrong('positive integer')
      return Number(value)
    case 'ratio':
      if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(value)) throw wrong('float')
      return Number(value)
    case 'boolean':
      if (value !== 'true' && value !== 'false') throw wrong('boolean')
      return value === 'true'
    case 'list':
      return value === '' ? [] : splitList(value)
    case 'filter':
      return filterOf(value)
    default:
      return value
  }
}

/** Parted by commas, but for those in parentheses: `_geoPoint(1, 2):asc` is one. */
const splitList = (value: string): string[] => value.split(/,(?![^(]*\))/).map((one) => one.trim())

/** A list is written as JSON. */
function filterOf(value: string): unknown {
  if (!value.trimStart().startsWith('[')) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
