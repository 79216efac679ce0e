import { ApiError } from './api-error.ts'

/** Which stretch of a list is asked for. */
export interface PageParameters {
  readonly offset: number
  readonly limit: number
}

/**
 * `offset` and `limit` of an address; other parameters are refused, as Meilisearch does.
 * @param subject in the codes of errors: `api_key` for `invalid_api_key_limit`
 * @throws ApiError
 */
export function pageOf(
  given: Readonly<Record<string, readonly string[]>>,
  limitDefault: number,
  subject: string,
): PageParameters {
  const page = { offset: 0, limit: limitDefault }
  for (const [name, [value = '']] of Object.entries(given)) {
    if (name !== 'offset' && name !== 'limit')
      throw new ApiError('bad_request', `Unknown parameter \`${cut(name)}\`: expected one of \`offset\`, \`limit\``)
    if (!/^\d{1,15}$/.test(value)) {
      const words = `Invalid value in parameter \`${name}\`: could not parse \`${cut(value)}\` as a positive integer`
      throw new ApiError(`invalid_${subject}_${name}`, words)
    }
    page[name] = Number(value)
  }
  return page
}

const cut = (text: string): string => text.slice(0, SHOWN_MAX)

const SHOWN_MAX = 200
