import { looseMoment } from './loose-moment.ts'
import { sayings, unwrapped } from './nested-fields.ts'
import { plainKey } from './plain-key.ts'
import { isEmbargo, isUnknownEmbargo, stateOf } from './publication-states.ts'
import { isDay, momentOf } from './publication-values.ts'
import {
  DATA_FIELDS,
  DATA_WORDS,
  DATE_FIELDS,
  type FieldPlace,
  FROM_FIELDS,
  HEAD_FIELDS,
  HEAD_THROUGH_FIELDS,
  HEAD_WORDS,
  isAboutPublication,
  type State,
  THROUGH_FIELDS,
  UNPUBLISHED_STATES,
  UNTIL_FIELDS,
  type UnpublishedState,
} from './publication-words.ts'

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
  readonly place: FieldPlace
}

const DAY_MS = 86_400_000

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

function strongest(states: ReadonlySet<State>): State | null {
  for (const state of states) if (!UNPUBLISHED_STATES.includes(state as UnpublishedState)) return state
  return UNPUBLISHED_STATES.find((state) => states.has(state)) ?? null
}

function largest(moments: readonly number[]): number | null {
  return moments.length === 0 ? null : moments.reduce((a, b) => Math.max(a, b))
}
