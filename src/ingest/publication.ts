import { isIsoDate } from '../article/article.ts'
import { timeOf } from '../time.ts'
import { isoDate } from './dates.ts'
import { looseMoment } from './loose-moment.ts'
import { plainKey } from './plain-key.ts'
import {
  ARCHIVED_AT_FIELDS,
  DATA_FIELDS,
  DATA_WORDS,
  DATE_FIELDS,
  DELETED_AT_FIELDS,
  EMBARGO_FIELDS,
  FALSE_WORDS,
  FROM_FIELDS,
  HEAD_EMBARGO_FIELDS,
  HEAD_FIELDS,
  HEAD_THROUGH_FIELDS,
  HEAD_WORDS,
  HIDING_FLAGS,
  INCOMPLETE,
  isAboutPublication,
  type NO_ARTICLES,
  PASSWORD_FIELDS,
  REDIRECT_FIELDS,
  ROBOTS_FIELDS,
  SHOWING_FLAGS,
  STATUS_FIELDS,
  STATUS_WORDS,
  THROUGH_FIELDS,
  TRANSPARENT,
  TRUE_WORDS,
  UNPUBLISHED_STATES,
  UNTIL_FIELDS,
  type UnpublishedState,
  VISIBILITY_FIELDS,
  VISIBILITY_WORDS,
} from './publication-words.ts'

/** Why something is not indexed. `type:` stands before the name of a kind of record that is no article, as `type:product`. */
export type State = UnpublishedState | (typeof NO_ARTICLES)[number] | `type:${string}`

/** Whether and when something is public. Knows no clock: the moments are compared where the article is stored. */
export interface Publication {
  /** Null where nothing but the moments below keeps it from being public. */
  readonly state: State | null
  /** It is public from this moment on, in milliseconds since 1970; null for always. */
  readonly from: number | null
  /** It is public before this moment. */
  readonly until: number | null
}

export const PUBLIC: Publication = { state: null, from: null, until: null }

/** What a field means depends on where it stands. */
export interface PublicationRules {
  /**
   * `head`: of a page of its own, where a date in the future is a day of publication. `record`: a line or row of data, where
   * only a field that says so is. `feed`: its dates are left alone, as events are announced there.
   */
  readonly place: 'head' | 'record' | 'feed'
}

/** Nesting deeper than this says nothing about an article. */
const NESTING_MAX = 4
const DAY_MS = 86_400_000
/** Lists of elements for the head of a page. */
const META_FIELDS = new Set(['head', 'headmeta', 'meta', 'seometa'])
/** Longer values are texts, not words that say yes or no, or name a state. */
const WORD_LENGTH_MAX = 100
const NO_MOMENT = /^\s*(?:null|none|nil|keine?r?|nie|never|sofort|now|jetzt|immediately|undefined)\s*$/i
/** Numbers from here on are moments in seconds since 1970, and from there on in milliseconds. */
const SECONDS_MIN = 1e9
const MILLISECONDS_MIN = 1e12
/** Moments that dates can have. */
const MOMENT_MAX = 8.64e15

/**
 * What fields say about the publication of the article they belong to. Words that are not known are public. A day without a
 * time begins at 00:00 UTC, as `timeOf` has it.
 */
export function publicationOf(entries: Iterable<readonly [string, unknown]>, { place }: PublicationRules): Publication {
  const found = new Set<State>()
  const froms: number[] = []
  const dates: number[] = []
  const untils: number[] = []
  const given = [...entries]
  const said = [...sayings(given)]
  // a column counts where it is empty, too
  const names = [...given.map(([name]) => plainKey(name)), ...said.map(([key]) => key)]
  const isData = place === 'record' && !names.some(isAboutPublication)
  const isOther = (isInHead: boolean, isInData: boolean): boolean =>
    ((isData || place === 'feed') && isInHead) || (isData && isInData)
  for (const [key, wrapped] of said) {
    const value = unwrapped(wrapped)
    if (value === null || value === undefined || isOther(HEAD_FIELDS.has(key), DATA_FIELDS.has(key))) continue
    const isOtherWord = (word: string): boolean => isOther(HEAD_WORDS.has(word), DATA_WORDS.has(word))
    const state = stateOf(key, value, { place, isData, isOtherWord })
    if (state !== null) found.add(state)
    const isThrough = THROUGH_FIELDS.has(key) || (place === 'head' && HEAD_THROUGH_FIELDS.has(key))
    const isUntil = isThrough || UNTIL_FIELDS.has(key)
    const moments = FROM_FIELDS.has(key) ? froms : DATE_FIELDS.has(key) ? dates : isUntil ? untils : null
    if (moments === null) continue
    const exact = momentOf(value)
    const loose = exact === null ? looseMoment(value) : null
    // what waits for a moment must not appear before it; what only tells a year is most often there already
    const isLate = moments === untils || isEmbargo(key, place)
    const moment = exact ?? (isLate ? loose?.end : loose?.first) ?? null
    if (moment !== null) moments.push(isThrough && isDay(value) ? moment + DAY_MS : moment)
    else if (isUnknownEmbargo(key, value, place)) found.add('scheduled')
  }
  const isScheduled = found.has('scheduled')
  const takesDates = place === 'head' || isScheduled
  const isFrom = place !== 'feed' || isScheduled
  const from = largest(isFrom ? (froms.length > 0 ? froms : takesDates ? dates : []) : [])
  // planned for a moment, it is public from then on
  if (isScheduled && from !== null) found.delete('scheduled')
  const until = untils.length === 0 ? null : untils.reduce((a, b) => Math.min(a, b))
  return { state: strongest(found), from, until }
}

/** The stricter of two. */
export function both(one: Publication, other: Publication): Publication {
  const states = new Set([one.state, other.state].filter((state) => state !== null))
  return {
    state: strongest(states),
    from: largest([one.from, other.from].filter((moment) => moment !== null)),
    until: one.until === null ? other.until : Math.min(one.until, other.until ?? one.until),
  }
}

export function isPublic({ state, from, until }: Publication): boolean {
  return state === null && from === null && until === null
}

/** The moment a value names, in milliseconds since 1970; null where it names none. */
export function momentOf(value: unknown): number | null {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{10}(\d{3})?$/.test(value))) {
    const number = Number(value)
    // parts of milliseconds: it should not appear before its moment
    if (number >= MILLISECONDS_MIN) return number <= MOMENT_MAX ? Math.ceil(number) : null
    return number >= SECONDS_MIN ? Math.ceil(number * 1000) : null
  }
  const date = typeof value === 'string' && isIsoDate(value) ? value : isoDate(value)
  const moment = date === null ? Number.NaN : timeOf(date)
  return Number.isFinite(moment) ? Math.ceil(moment) : null
}

/** Whether a value says yes (true) or no (false); null where it says neither. */
export function truthOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string' && typeof value !== 'number') return null
  if (String(value).length > WORD_LENGTH_MAX) return null
  const word = String(value).trim().toLowerCase()
  return TRUE_WORDS.has(word) ? true : FALSE_WORDS.has(word) ? false : null
}

/** Whether what stands in a meta element or field named `robots` keeps an article out of indexes. */
export function isNoindex(robots: string): boolean {
  return robots
    .toLowerCase()
    .replace(/(?<![\w-])max-[\w-]+\s*:\s*[\w-]*/g, '')
    .split(/[\s,;|:]+/)
    .some((word) => word === 'noindex' || word === 'none')
}

interface Saying extends PublicationRules {
  /** Nothing in the row speaks of publication alone. */
  readonly isData: boolean
  /** Whether a word then may speak of other things. */
  isOtherWord(word: string): boolean
}

function stateOf(key: string, value: unknown, { place, isData, isOtherWord }: Saying): State | null {
  const isSchemaOrg = key === 'creativeworkstatus'
  const word = STATUS_FIELDS.has(key) ? wordState(value, { isSchemaOrg, isOtherWord }) : null
  if (word !== null) return word
  if (VISIBILITY_FIELDS.has(key))
    return wordState(value, { isSchemaOrg: false, isOtherWord }) ?? VISIBILITY_WORDS.get(wordOf(value)) ?? null
  if (ROBOTS_FIELDS.has(key) && [value].flat().some((part) => typeof part === 'string' && isNoindex(part)))
    return 'noindex'
  if (PASSWORD_FIELDS.has(key)) {
    const isSet = (typeof value === 'string' && value.trim() !== '') || typeof value === 'number'
    return isSet && truthOf(value) !== false ? 'private' : null
  }
  if (DELETED_AT_FIELDS.has(key)) return momentOf(value) === null ? null : 'deleted'
  if (ARCHIVED_AT_FIELDS.has(key)) return momentOf(value) === null ? null : 'archived'
  if (place === 'head' && META_FIELDS.has(key) && isNoindexMeta(value)) return 'noindex'
  const flag = HIDING_FLAGS.get(key)
  // `draft: Entwurf`, and a moment instead of a yes
  if (flag !== undefined && STATUS_WORDS.get(wordOf(value)) === flag) return flag
  if ((flag === 'deleted' || flag === 'archived') && !isData && place !== 'feed' && momentOf(value) !== null)
    return flag
  if (place === 'head' && REDIRECT_FIELDS.has(key)) {
    const leadsOn = typeof value === 'string' && /^(?:https?:\/\/|\.{0,2}\/)\S+$/i.test(value.trim())
    return leadsOn ? 'redirect' : null
  }
  if (key === 'isaccessibleforfree') return truthOf(value) === false ? 'private' : null
  const truth = truthOf(value)
  if (truth === true) {
    // of things counted, one is a number and no yes
    if (place === 'record' && HIDING_FLAGS.get(key) === 'deleted' && /^\s*1\s*$/.test(String(value))) return null
    return HIDING_FLAGS.get(key) ?? null
  }
  return truth === false ? (SHOWING_FLAGS.get(key) ?? null) : null
}

/** Whether something is to appear at a moment that cannot be read. */
function isUnknownEmbargo(key: string, value: unknown, place: PublicationRules['place']): boolean {
  if (typeof value !== 'string' || value.length > WORD_LENGTH_MAX || truthOf(value) !== null) return false
  // no words, or only zeros as databases write no date
  if (!/[\p{L}1-9]/u.test(value) || NO_MOMENT.test(value)) return false
  return isEmbargo(key, place)
}

function isEmbargo(key: string, place: PublicationRules['place']): boolean {
  return EMBARGO_FIELDS.has(key) || (place === 'head' && HEAD_EMBARGO_FIELDS.has(key))
}

function wordState(
  value: unknown,
  { isSchemaOrg, isOtherWord }: Pick<Saying, 'isOtherWord'> & { readonly isSchemaOrg: boolean },
): State | null {
  for (const part of [value].flat()) {
    const word = wordOf(part)
    if (isOtherWord(word)) continue
    const state = STATUS_WORDS.get(word) ?? (isSchemaOrg && word === INCOMPLETE ? 'draft' : undefined)
    if (state !== undefined) return state
  }
  return null
}

function wordOf(value: unknown): string {
  // schema.org's words are addresses as well
  return typeof value === 'string' && value.length <= WORD_LENGTH_MAX
    ? plainKey(value.replace(/^https?:\/\/schema\.org\//i, '').trim())
    : ''
}

/** What stands alone in a list, or in an object as its `value`. */
function unwrapped(value: unknown): unknown {
  let inner = value
  for (let depth = 0; depth < NESTING_MAX && typeof inner === 'object' && inner !== null; depth++) {
    if (Array.isArray(inner) && inner.length === 1) inner = inner[0]
    else if (Object.hasOwn(inner, 'value')) inner = (inner as { value: unknown }).value
    else break
  }
  return inner
}

/** Whether one of the elements that a head lists, as VitePress and VuePress have it, is a meta element for robots. */
function isNoindexMeta(value: unknown): boolean {
  return [value].flat(3).some((element) => {
    if (typeof element !== 'object' || element === null) return false
    const { name, content } = element as Readonly<Record<string, unknown>>
    return (
      typeof name === 'string' && ROBOTS_FIELDS.has(plainKey(name)) && typeof content === 'string' && isNoindex(content)
    )
  })
}

function isDay(value: unknown): boolean {
  return isoDate(value)?.length === 'yyyy-mm-dd'.length
}

/** What each field says, under its plain name; fields of nested objects under both their full and, where it means the same, their own. */
function* sayings(entries: Iterable<readonly [string, unknown]>, depth = 0): Generator<[string, unknown]> {
  for (const [name, value] of entries) {
    if (value === null || value === undefined || value === '') continue
    const key = plainKey(name)
    yield [key, value]
    if (typeof value !== 'object' || Array.isArray(value) || value instanceof Date || depth >= NESTING_MAX) continue
    const isTransparent = name.startsWith('_') || TRANSPARENT.has(key)
    for (const [inner, innerValue] of sayings(Object.entries(value), depth + 1)) {
      yield [key + inner, innerValue]
      if (isTransparent) yield [inner, innerValue]
    }
  }
}

function strongest(states: ReadonlySet<State>): State | null {
  for (const state of states) if (!UNPUBLISHED_STATES.includes(state as UnpublishedState)) return state
  return UNPUBLISHED_STATES.find((state) => states.has(state)) ?? null
}

function largest(moments: readonly number[]): number | null {
  return moments.length === 0 ? null : moments.reduce((a, b) => Math.max(a, b))
}
