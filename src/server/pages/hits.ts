import { html, raw } from 'hono/html'
import type { Language } from '../../errors.ts'
import type { Hit } from '../../search/hit.ts'
import type { Html } from './html.ts'
import { dateText, numberText, TEXTS } from './texts.ts'

/** Where hits of a page lead. */
export interface HitLinks {
  /** From the page to the root: `./` or `../`. */
  readonly root: string
  /** What to mark in articles that are read here; empty for nothing. */
  readonly query: string
  /** Of their titles on the page. */
  readonly level: 'h2' | 'h3'
  /** The language the address asked for, or null: then links ask for none. */
  readonly asked: Language | null
}

/** An address of the web: anything else, such as `javascript:`, is no link. */
export const isWebAddress = (url: string | null | undefined): url is string =>
  typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url)

/** The page of an article here. */
export function articleAddress(id: string, { root, query, asked }: HitLinks): string {
  const parameters = new URLSearchParams()
  if (query !== '') parameters.set('q', query)
  if (asked !== null) parameters.set('lang', asked)
  const text = parameters.toString()
  return `${root}articles/${encodeURIComponent(id)}${text === '' ? '' : `?${text}`}${query === '' ? '' : '#fund'}`
}

/** One hit as an element of a list. */
export function hitItem(hit: Hit, language: Language, links: HitLinks): Html {
  const texts = TEXTS[language]
  const id = hit.id ?? ''
  const url = isWebAddress(hit.url) ? hit.url : null
  // formatted texts are escaped already, but for the tags: so only the page's own tags may stand in them
  const title = hit.formatted.title === '' ? html`${id}` : raw(hit.formatted.title)
  const about: Html[] = []
  if (hit.date) about.push(html`<time datetime="${hit.date}">${dateText(hit.date, language)}</time>`)
  if (hit.author) about.push(html`<span dir="auto">${hit.author}</span>`)
  about.push(html`<span class="source" dir="auto">${url === null ? id : hostAndPath(url)}</span>`)
  if (hit.duplicates)
    about.push(html`<span>${texts.duplicates(numberText(hit.duplicates, language), hit.duplicates === 1)}</span>`)
  return html`<li class="hit">
<${raw(links.level)}><a href="${url ?? articleAddress(id, links)}" dir="auto">${title}</a></${raw(links.level)}>
<p class="about">${about}</p>
<p class="snippet" dir="auto">${raw(hit.formatted.snippet)}</p>
</li>`
}

/** An address as people read it. */
function hostAndPath(url: string): string {
  const { host, pathname } = new URL(url)
  let path = pathname
  try {
    path = decodeURIComponent(pathname)
  } catch {
    // an escape that is none stays as it is
  }
  return host + (path === '/' ? '' : path)
}
