import { NO_RULES, type Rules } from '../rules.ts'
import { MAIN_INDEX, type NamedIndex, settingsOf } from './index-table.ts'
import { rulesOfSettings } from './rules-of-settings.ts'

/**
 * By which rules an index is made and read: its settings, and for the articles' own index the site owner's file as well.
 * @param own what the file says
 */
export const rulesOf = (index: NamedIndex, own: Rules): Rules =>
  rulesOfSettings(settingsOf(index), index.uid === MAIN_INDEX ? own : NO_RULES)
