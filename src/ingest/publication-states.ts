import { plainKey } from './plain-key.ts'
import { isNoindex, momentOf, truthOf, WORD_LENGTH_MAX, wordOf } from './publication-values.ts'
import {
  ARCHIVED_AT_FIELDS,
  DELETED_AT_FIELDS,
  EMBARGO_FIELDS,
  type FieldPlace,
  HEAD_EMBARGO_FIELDS,
  HIDING_FLAGS,
  INCOMPLETE,
  PASSWORD_FIELDS,
  REDIRECT_FIELDS,
  ROBOTS_FIELDS,
  SHOWING_FLAGS,
  STATUS_FIELDS,
  STATUS_WORDS,
  type State,
  VISIBILITY_FIELDS,
  VISIBILITY_WORDS,
} from './publication-words.ts'

/** Lists of elements for the head of a page. */
const META_FIELDS = new Set(['head', 'headmeta', 'meta', 'seometa'])
/** Under which objects that stand for a word have it. */
const WORD_NAMES = ['name', 'label', 'title', 'id', 'key', 'slug', 'code', 'value', 'termCode']
const NO_MOMENT = /^\s*(?:null|none|nil|keine?r?|nie|never|sofort|now|jetzt|immediately|undefined)\s*$/i

/** Where a field stands. */
interface Saying {
  readonly place: FieldPlace
  /** Nothing in the row speaks of publication alone. */
  readonly isData: boolean
  /** Whether a word then may speak of other things. */
  isOtherWord(word: string): boolean
}

/** The state that a field speaks of; null where of none. @param key its plain name */
export function stateOf(key: string, value: unknown, { place, isData, isOtherWord }: Saying): State | null {
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

function wordState(
  value: unknown,
  { isSchemaOrg, isOtherWord }: Pick<Saying, 'isOtherWord'> & { readonly isSchemaOrg: boolean },
): State | null {
  for (const part of [value].flat().flatMap(namesWithin)) {
    const word = wordOf(part)
    if (isOtherWord(word)) continue
    const state = STATUS_WORDS.get(word) ?? (isSchemaOrg && word === INCOMPLETE ? 'draft' : undefined)
    if (state !== undefined) return state
  }
  return null
}

/** What a word may be called in an object, as in `{"id": "draft", "label": "Entwurf"}`, or a word with a remark: `Entwurf (intern)`, `Entwurf, Stand Mai`. */
function namesWithin(part: unknown): readonly unknown[] {
  if (typeof part === 'string') return [part, part.slice(0, WORD_LENGTH_MAX).split(/[(),;:!–]/, 1)[0]]
  if (typeof part !== 'object' || part === null) return [part]
  return WORD_NAMES.map((name) => (part as Readonly<Record<string, unknown>>)[name])
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

/** Whether something is to appear at a moment that cannot be read. */
export function isUnknownEmbargo(key: string, value: unknown, place: FieldPlace): boolean {
  if (typeof value !== 'string' || value.length > WORD_LENGTH_MAX || truthOf(value) !== null) return false
  // no words, or only zeros as databases write no date
  if (!/[\p{L}1-9]/u.test(value) || NO_MOMENT.test(value)) return false
  return isEmbargo(key, place)
}

/** Whether a field names the moment before which its article must not appear. */
export function isEmbargo(key: string, place: FieldPlace): boolean {
  return EMBARGO_FIELDS.has(key) || (place === 'head' && HEAD_EMBARGO_FIELDS.has(key))
}
