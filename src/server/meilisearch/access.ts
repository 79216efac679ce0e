import type { ApiKey } from '../../registry/key-table.ts'
import { type Action, allows } from './actions.ts'
import { ApiError } from './api-error.ts'
import { closestPattern, matchesIndex } from './index-names.ts'
import { allFilters, type FilterValue, isFilterValue, NO_SEARCH_RULES, type SearchRules } from './search-rules.ts'
import { filterForIndex, type TenantToken } from './tenant-token.ts'

/** What one request may do. */
export interface Access {
  /** Whether it may do something at all, be it with some indexes only. */
  may(action: Action): boolean
  mayUse(indexUid: string): boolean
  /** @throws ApiError `invalid_api_key` where it may not be used */
  checkIndex(indexUid: string): void
  /** For lists that show only what may be used: whether all there is may. */
  readonly reachesAll: boolean
  /**
   * What every search of an index must keep to.
   * @throws ApiError `invalid_api_key` where it may not be used
   */
  searchRulesFor(indexUid: string): SearchRules
  /** Whether it may do whatever a key may, and so see and make that key. */
  covers(key: KeyRights): boolean
}

/** What of a key says what it opens. */
export type KeyRights = Pick<ApiKey, 'actions' | 'indexes' | 'expiresAt' | 'origins' | 'perMinute' | 'forced'>

/** With the master key everything is allowed. */
export const FULL_ACCESS: Access = {
  may: () => true,
  mayUse: () => true,
  checkIndex() {},
  reachesAll: true,
  searchRulesFor: () => NO_SEARCH_RULES,
  covers: () => true,
}

/** Without a master key, as far as reading goes. */
export const READING_ACCESS: Access = { ...FULL_ACCESS, covers: () => false }

/** What a key allows. */
export function keyAccess(key: ApiKey): Access {
  const mayUse = (indexUid: string): boolean => closestPattern(key.indexes, indexUid) !== undefined
  const checkIndex = (indexUid: string): void => {
    if (mayUse(indexUid)) return
    const allowed = [...key.indexes].sort()
    throw new ApiError(
      'invalid_api_key',
      `The API key cannot acces the index \`${indexUid}\`, authorized indexes are ${JSON.stringify(allowed)}.`,
    )
  }
  return {
    may: (action) => allows(key.actions, action),
    mayUse,
    checkIndex,
    reachesAll: key.indexes.includes('*'),
    searchRulesFor(indexUid) {
      checkIndex(indexUid)
      return rulesOf(key, undefined)
    },
    covers: (other) => covers(key, other),
  }
}

/** What a tenant token allows: to search, in what both it and the key it was signed with reach. */
export function tenantAccess(token: TenantToken, key: ApiKey): Access {
  const byKey = keyAccess(key)
  const checkIndex = (indexUid: string): void => {
    if (filterForIndex(token, indexUid) === null) {
      const allowed = [...token.rules.keys()].sort()
      throw new ApiError(
        'invalid_api_key',
        `The provided tenant token cannot acces the index \`${indexUid}\`, allowed indexes are ${JSON.stringify(allowed)}.`,
      )
    }
    // which indexes the key reaches is no business of the token's bearer
    if (!byKey.mayUse(indexUid))
      throw new ApiError(
        'invalid_api_key',
        `The API key used to generate this tenant token cannot acces the index \`${indexUid}\`.`,
      )
  }
  return {
    may: (action) => action === 'search' && byKey.may(action),
    mayUse: (indexUid) => filterForIndex(token, indexUid) !== null && byKey.mayUse(indexUid),
    checkIndex,
    reachesAll: byKey.reachesAll && token.rules.has('*'),
    searchRulesFor(indexUid) {
      checkIndex(indexUid)
      return rulesOf(key, filterForIndex(token, indexUid) ?? undefined)
    },
    covers: () => false,
  }
}

function rulesOf({ forced }: ApiKey, ofToken: FilterValue | undefined): SearchRules {
  const { filter: ofKey, attributesToRetrieve, ...parameters } = forced ?? {}
  const filter = allFilters(isFilterValue(ofKey) ? ofKey : undefined, ofToken)
  // what is not to be retrieved must not come in another part of the answer either
  const isAll = !Array.isArray(attributesToRetrieve) || attributesToRetrieve.includes('*')
  return {
    ...(filter !== undefined && { filter }),
    ...(!isAll && { displayed: attributesToRetrieve as readonly string[] }),
    forced: parameters,
  }
}

/** A key that is tied to sites, numbers of requests or parameters makes no other keys: they would be free of that. */
function covers(key: ApiKey, other: KeyRights): boolean {
  if (key.origins !== null || key.perMinute !== null || key.forced !== null) return false
  if (timeOf(other.expiresAt) > timeOf(key.expiresAt)) return false
  return (
    other.actions.every((action) => allows(key.actions, action)) &&
    other.indexes.every((pattern) => key.indexes.some((own) => matchesIndex(own, pattern)))
  )
}

/** Whether a key has had its time. */
export const isExpired = ({ expiresAt }: Pick<ApiKey, 'expiresAt'>, now: Date): boolean =>
  timeOf(expiresAt) <= now.getTime()

const timeOf = (moment: string | null): number => (moment === null ? Number.POSITIVE_INFINITY : Date.parse(moment))
