import { NO_RULES, type Rules } from '../rules.ts'
import type { IndexSettings } from './index-settings.ts'
import { MAIN_INDEX, type NamedIndex, settingsOf } from './index-table.ts'
import { rulesOfSettings } from './rules-of-settings.ts'

/**
 * By which rules an index is made and read: its settings, and for the one in use the site owner's file as well. The same settings and the
 * same file give the same object.
 * @param own what the file says
 * @param inUse the name of the index that the file is for
 */
export function rulesOf(index: Pick<NamedIndex, 'uid' | 'set'>, own: Rules, inUse = MAIN_INDEX): Rules {
  const owner = index.uid === inUse ? own : NO_RULES
  const byOwner = made.get(index.set) ?? new WeakMap<Rules, Rules>()
  made.set(index.set, byOwner)
  const known = byOwner.get(owner)
  if (known !== undefined) return known
  const rules = rulesOfSettings(settingsOf(index), owner)
  byOwner.set(owner, rules)
  return rules
}

/** Each search asks for them, and there may be thousands of synonyms. */
const made = new WeakMap<Partial<IndexSettings>, WeakMap<Rules, Rules>>()
