import { PARTS, patternRule, type SiteRule, type SiteSettings, STATIC } from './site-rule.ts'

/** Folders of documents and of their translations. */
const DOCS = ['docs', 'versioned_docs', 'i18n']
/** Others that settings name, as far as that can be told without running them: from the folder of the settings. */
const NAMED = /\bpath\s*:\s*["'`]([\w.-][\w./-]{0,200})["'`]/g
const NAMED_MAX = 50

/** What is known of a site of Docusaurus, Astro or Nuxt by the name of its settings, and of Docusaurus by the paths in them. */
export function partsSettings(text: string, name: string): SiteSettings {
  const rules = [patternRule([...PARTS, STATIC], null)]
  if (!name.startsWith('docusaurus')) {
    const pages = name.startsWith('astro') ? ['src/content', 'src/pages'] : ['content']
    return { isSite: true, rules, sources: pages.map((folder) => ({ folder, rules: [allParts()] })) }
  }
  // it is a guess that they are of pages, and for what lies further away settings are refused
  const named = [...text.matchAll(NAMED)].map(([, path = '']) => path).filter((path) => !path.startsWith('../../'))
  const folders = [...new Set([...DOCS, ...named.slice(0, NAMED_MAX)])]
  return {
    isSite: true,
    rules,
    sources: folders.map((folder) => ({ folder, rules: [allParts()], hasReadmes: true })),
  }
}

/** Among the pages of a generator no posts of another lie. */
const allParts = (): SiteRule => patternRule(['_*'], null)
