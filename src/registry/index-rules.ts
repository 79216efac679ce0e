import { NO_RULES, type Rules } from '../rules.ts'
import { MAIN_INDEX, type NamedIndex, settingsOf } from './index-table.ts'
import { rulesOfSettings } from './rules-of-settings.ts'

/**
 * By which rules an index is made and read: its settings, and for the one in use the site owner's file as well.
 * @param own what the file says
 * @param inUse the name of the index that the file is for
 */
export const rulesOf = (index: NamedIndex, own: Rules, inUse = MAIN_INDEX): Rules =>
  rulesOfSettings(settingsOf(index), index.uid === inUse ? own : NO_RULES)
