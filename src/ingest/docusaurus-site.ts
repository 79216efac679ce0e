import { PICOMATCH } from './glob-parts.ts'
import { globRule } from './path-glob.ts'
import { quotedIn, withoutRemarks } from './settings-code.ts'
import { PARTS, patternRule, plainPath, type SiteRule, type SiteSettings, STATIC } from './site-rule.ts'

/** Folders of documents, of their versions and translations, and how many folders of these lie around the pages of one. */
const DOCS: readonly (readonly [folder: string, depth: number])[] = [
  ['docs', 0],
  ['versioned_docs', 1],
  ['i18n', 3],
]
/** Others that settings name, as far as that can be told without running them: from the folder of the settings. */
const NAMED = /\bpath\s{0,20}:\s{0,20}["'`]([\w.-][\w./-]{0,200})["'`]/g
const NAMED_MAX = 50
/** Patterns of what is no page, under whatever condition. */
const EXCLUDED = /\bexclude["']?\s{0,20}:[^[\]\n]{0,100}\[([^\]]{0,2000})\]/g

/** What is known of a site of Docusaurus, Astro or Nuxt by the name of its settings, and of Docusaurus by the paths and patterns in them. @throws FundstelleError `site_settings_broken` */
export function partsSettings(text: string, name: string): SiteSettings {
  const rules = [patternRule([...PARTS, STATIC], null)]
  if (!name.startsWith('docusaurus')) {
    const pages = name.startsWith('astro') ? ['src/content', 'src/pages'] : ['content']
    return { isSite: true, rules, sources: pages.map((folder) => ({ folder, rules: [allParts()] })) }
  }
  const code = withoutRemarks(text)
  const excluded = [...code.matchAll(EXCLUDED)].flatMap(([, list = '']) => quotedIn(list)).map(plainPath)
  // it is a guess that they are of pages, and for what lies further away settings are refused
  const named = [...code.matchAll(NAMED)].map(([, path = '']) => path).filter((path) => !path.startsWith('../../'))
  const folders = new Map([...named.slice(0, NAMED_MAX).map((folder) => [folder, 0] as const), ...DOCS])
  const sources = [...folders].map(([folder, depth]) => {
    const rules = [
      allParts(),
      globRule(
        excluded.map((one) => '*/'.repeat(depth) + one),
        PICOMATCH,
        null,
      ),
    ]
    return { folder, rules, hasReadmes: true as const }
  })
  return { isSite: true, rules, sources }
}

/** Among the pages of a generator no posts of another lie. */
const allParts = (): SiteRule => patternRule(['_*'], null)
