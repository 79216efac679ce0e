import { logicalPath, withoutLanguage } from './hugo-contents.ts'
import type { HugoPage } from './hugo-pages.ts'

/** What looks like a language in the name of a file: `_index.de.md`, `beitrag.pt-br.md`; in that of a section it can be nothing else. */
const LANGUAGE = /\.([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\.[a-z]+$/i
const SECTION_LANGUAGE = /(?:^|\/)_index\.([^./]+)\.[a-z]+$/i
const LANGUAGE_FOLDER = /^\/[a-z]{2,3}(?:-[a-z0-9]{2,8})?(?=\/)/
const SECTION = '/_index'
/** The taxonomies that Hugo has without settings. */
const TAXONOMY = /^\/(?:tags|categories)(?=\/|$)/
const CONTENT = '/content'

/**
 * What a file may be to Hugo where no settings tell: below a folder called `content`, or any; with and without its language, which in `node.js.md` is
 * none.
 */
export function guessedPages(path: string): readonly HugoPage[] {
  const section = SECTION_LANGUAGE.exec(path)?.[1]?.toLowerCase() ?? null
  const language = section ?? LANGUAGE.exec(path)?.[1]?.toLowerCase() ?? null
  const pages = pagesIn(path, language)
  return section === null && language !== null ? [...pages, ...pagesIn(path, null)] : pages
}

function pagesIn(path: string, language: string | null): readonly HugoPage[] {
  const whole = logicalPath(language === null ? path : withoutLanguage(path))
  const isSection = whole.endsWith(SECTION)
  const plain = whole.replace(/\/_?index$/, '')
  return slashesAfterContent(path).flatMap((root) => {
    const below = plain.slice(root) || '/'
    return [...new Set([below, below.replace(LANGUAGE_FOLDER, '')])].flatMap((one): readonly HugoPage[] => {
      if (!isSection) return [{ path: one, language, kind: 'page' }]
      if (one === '/') return [{ path: one, language, kind: 'home' }]
      if (!TAXONOMY.test(one)) return [{ path: one, language, kind: 'section' }]
      return [{ path: one, language, kind: one.indexOf('/', 1) < 0 ? 'taxonomy' : 'term' }]
    })
  })
}

function slashesAfterContent(path: string): readonly number[] {
  const found = [...path.matchAll(/\/content(?=\/)/gi)].map(({ index }) => index + CONTENT.length)
  return found.length > 0 ? found : [...path.matchAll(/\//g)].map(({ index }) => index)
}
