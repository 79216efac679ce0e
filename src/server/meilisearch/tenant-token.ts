import { isUtf8 } from 'node:buffer'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { ApiError } from './api-error.ts'
import { closestPattern, isIndexPattern } from './index-names.ts'
import { type FilterValue, isFilterValue } from './search-rules.ts'

/** What a tenant token says: a JSON web token that a site signs with one of its keys, for one of its visitors. */
export interface TenantToken {
  /** Of the key it was signed with. */
  readonly keyUid: string
  /** By patterns of names of indexes; the filter is undefined where a rule has none. */
  readonly rules: ReadonlyMap<string, FilterValue | undefined>
}

/** Hashes by the names of algorithms. Others, `none` among them, are no algorithms of tenant tokens. */
const HASHES: ReadonlyMap<unknown, string> = new Map([
  ['HS256', 'sha256'],
  ['HS384', 'sha384'],
  ['HS512', 'sha512'],
])

/** Characters; longer ones do not fit into the headers of most servers. */
const TOKEN_MAX = 12_000

/** Whether a bearer looks like a token, and so cannot be a key. */
export const isTokenLike = (bearer: string): boolean => bearer.split('.', 4).length === 3

/**
 * Reads a token and verifies who signed it, and that it has not expired. Whether the key is still there, and what it allows, is asked by
 * the caller.
 * @param secretOf the value of the key with a uid, whether there is such a key or not: so nobody can ask which uids there are
 * @throws ApiError `invalid_api_key`
 */
export function readTenantToken(token: string, secretOf: (uid: string) => string, now: Date): TenantToken {
  const parts = token.split('.', 4)
  const [head = '', payload = '', signature = ''] = parts
  if (parts.length !== 3 || token.length > TOKEN_MAX) throw invalid('it must be a JSON web token')
  const header = jsonObjectOf(head, 'header')
  const hash = HASHES.get(header['alg'])
  if (hash === undefined) throw invalid('its algorithm must be HS256, HS384 or HS512')
  if (header['crit'] !== undefined) throw invalid('its header asks for something unknown')
  const claims = jsonObjectOf(payload, 'payload')
  const uid = claims['apiKeyUid']
  if (typeof uid !== 'string') throw invalid('`apiKeyUid` must be the uid of a key')
  const keyUid = uid.toLowerCase()
  const signed = createHmac(hash, secretOf(keyUid)).update(`${head}.${payload}`).digest()
  const given = Buffer.from(signature, 'base64url')
  // the length says nothing but which algorithm it is; other spellings of the same bytes are none
  const isSigned = given.length === signed.length && timingSafeEqual(given, signed)
  if (!isSigned || given.toString('base64url') !== signature) throw invalid('InvalidSignature')
  checkTimes(claims, Math.floor(now.getTime() / 1000))
  return { keyUid, rules: rulesOf(claims['searchRules']) }
}

/** The filter for an index, by the closest of the rules; undefined for none. Null where the token does not reach the index. */
export function filterForIndex({ rules }: TenantToken, indexUid: string): FilterValue | undefined | null {
  const pattern = closestPattern(rules.keys(), indexUid)
  return pattern === undefined ? null : rules.get(pattern)
}

function checkTimes({ exp, nbf }: Readonly<Record<string, unknown>>, now: number): void {
  if (exp !== undefined && exp !== null) {
    if (typeof exp !== 'number') throw invalid('`exp` must be a UNIX timestamp in seconds')
    if (now > exp)
      throw new ApiError(
        'invalid_api_key',
        `Tenant token expired. Was valid up to \`${exp}\` and we're now \`${now}\`.`,
      )
  }
  if (nbf === undefined || nbf === null) return
  if (typeof nbf !== 'number' || now < nbf) throw invalid('it is not valid yet')
}

function rulesOf(given: unknown): ReadonlyMap<string, FilterValue | undefined> {
  const rules = new Map<string, FilterValue | undefined>()
  if (Array.isArray(given)) {
    for (const pattern of given) rules.set(patternOf(pattern), undefined)
    return rules
  }
  if (typeof given !== 'object' || given === null) throw invalid('`searchRules` must be an array or an object')
  for (const [pattern, rule] of Object.entries(given)) rules.set(patternOf(pattern), filterOf(rule))
  return rules
}

function patternOf(pattern: unknown): string {
  if (typeof pattern === 'string' && isIndexPattern(pattern)) return pattern
  throw invalid('`searchRules` must name indexes, or beginnings of their names with a star behind them')
}

/** A rule that is not understood refuses the token: read as none it would give more than its maker meant to. */
function filterOf(rule: unknown): FilterValue | undefined {
  if (rule === null) return undefined
  if (typeof rule !== 'object' || Array.isArray(rule)) throw invalid('each of `searchRules` must be an object or null')
  const { filter, ...others } = rule as Readonly<Record<string, unknown>>
  if (Object.keys(others).length > 0) throw invalid('of `searchRules` each may have `filter` and nothing else')
  if (filter === undefined || filter === null) return undefined
  if (!isFilterValue(filter)) throw invalid('`filter` must be a text, or a list of texts and lists of texts')
  return filter
}

function jsonObjectOf(part: string, name: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(textOf(Buffer.from(part, 'base64url')))
  } catch {
    // what a secret looks like is not repeated in errors
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw invalid(`its ${name} must be a JSON object`)
}

/** UTF-8, as it should be; else ISO-8859-1, as `btoa` of the JavaScript client leaves umlauts. The signature is over the bytes and holds for either. */
function textOf(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1')
}

const invalid = (why: string): ApiError => new ApiError('invalid_api_key', `Could not decode tenant token, ${why}.`)
