import type { Article } from '../article/article.ts'

/** Files that are pages of a site as they lie there. */
const PAGE = /\.x?html?$/i
/** Servers answer with this page to the address of its folder. */
const INDEX = /(^|\/)index\.x?html?$/i

/**
 * An article with the address it has on its site: what it says of itself made absolute; of a page that says nothing the place of
 * its file, that of the folder where it is an `index.html`.
 * @param base the site's address, the place of the PATH given; it counts as a folder
 * @param path of the file, relative to that PATH
 */
export function withSiteAddress(article: Article, base: string, path: string): Article {
  const place = addressBelow(base, PAGE.test(path) ? path.replace(INDEX, '$1') : '')
  if (article.url === null) return PAGE.test(path) ? { ...article, url: place } : article
  if (/^https?:/i.test(article.url) || !URL.canParse(article.url, place)) return article
  return { ...article, url: new URL(article.url, place).href }
}

function addressBelow(base: string, path: string): string {
  const folder = base.endsWith('/') ? base : `${base}/`
  return folder + path.split('/').map(encodeURIComponent).join('/')
}
