import { folderGlobMatches } from './glob.ts'
import {
  notTooMany,
  type Pairs,
  plainPath,
  rulesWithin,
  type SiteRule,
  type SiteSettings,
  textsOf,
} from './site-rule.ts'
import { valuesRule } from './site-values.ts'

/** The folder of Zola's contents; it knows no other. */
const CONTENTS = 'content/'
/** A name for drafts that no head of Zola's has, so that none takes back what a section above says. */
const DRAFT = 'entwurf'

/** What the settings of Zola say. @see https://www.getzola.org/documentation/getting-started/configuration/ */
export function zolaSettings({ ignored_content }: Readonly<Record<string, unknown>>): SiteSettings {
  const patterns = textsOf(ignored_content).map(plainPath)
  notTooMany(patterns.length)
  const ignored: SiteRule = {
    values: null,
    applies: (path) => {
      const plain = path.replace(/\/$/, '')
      return patterns.some((one) => folderGlobMatches(`**/${one}`, plain))
    },
  }
  return { isSite: true, rules: rulesWithin(CONTENTS, [ignored]), facts: { isZola: true } }
}

/** What the head of a section of Zola says of what lies below: a draft takes all with it, the index for search only the pages of the section itself. */
export function zolaSection(entries: Pairs): readonly SiteRule[] {
  const isDraft = entries.some(([name, value]) => name === 'draft' && value === true)
  const hidden = entries.filter(([name]) => name === 'in_search_index')
  return [...(isDraft ? [valuesRule([[DRAFT, true]])] : []), { values: hidden, applies: (path) => !path.includes('/') }]
}
