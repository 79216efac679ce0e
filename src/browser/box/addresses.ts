import { HOME, withoutSlash } from '../shared/home.ts'
import type { BoxHit } from './client.ts'
import { languageAround, languageOf } from './language.ts'
import { fragmentOf } from './text.ts'
import { WORDS, type Words } from './words.ts'

/** What a box's links are made of, beside the query and a hit. */
export interface Links {
  readonly words: Words
  /** Without a slash at its end. */
  readonly server: string
  readonly filter: string | null
  /** Whether hits of the same site are told what to mark. */
  readonly marks: boolean
  /** The form inside the element, which says where all hits are; null for the server's own page. */
  readonly form: HTMLFormElement | null
}

export function linksOf(element: Element): Links {
  return {
    words: WORDS[languageAround(element)],
    server: withoutSlash(element.getAttribute('server') ?? HOME),
    filter: element.getAttribute('filter') || null,
    marks: element.getAttribute('mark') !== 'off',
    form: element.querySelector('form'),
  }
}

/**
 * Where a hit leads: the article's own page, which is told what to mark where it is one of this site; else its page on the server.
 */
export function hitAddress({ id, url, formatted }: BoxHit, query: string, links: Links): string {
  // an address without a host is one of the site itself; `javascript:` and the like are none
  if (url === null || !/^(?:https?:\/)?\/[^/\\]/i.test(url) || !URL.canParse(url, location.href)) {
    const parameters = new URLSearchParams({ q: query })
    sayLanguage(parameters, links)
    return `${links.server}/articles/${encodeURIComponent(id)}?${parameters}#fund`
  }
  const { href, hash, origin } = new URL(url, location.href)
  if (!links.marks || origin !== location.origin) return href
  // as text: the rest of the address stays as it is written
  const page = href.slice(0, href.length - hash.length)
  const mark = (page.includes('?') ? '&' : '?') + new URLSearchParams({ mark: query })
  const fragment = 'fragmentDirective' in document ? fragmentOf(formatted.snippet) : ''
  return page + mark + (fragment === '' ? hash : (hash || '#') + fragment)
}

/** Where all hits are: a site's own form says, with what its fields hold; without one it is the server's own page. */
export function searchAddress(query: string, links: Links): string {
  const { form, server, filter } = links
  const ownPage = new URL(`${server}/`, document.baseURI)
  const address = new URL(form?.getAttribute('action') ?? ownPage, document.baseURI)
  const { searchParams } = address
  const fields = form === null ? [] : [...new FormData(form)]
  for (const [name] of fields) searchParams.delete(name)
  for (const [name, value] of fields) searchParams.append(name, String(value))
  const field = form?.querySelector<HTMLInputElement>('input[type=search],input[type=text],input:not([type])')
  searchParams.set(field?.name || 'q', query)
  // the server's page says the same as the box; what a site's own page takes is not known
  if (address.origin + address.pathname === ownPage.href) {
    if (filter !== null && !searchParams.has('filter')) searchParams.set('filter', filter)
    if (!searchParams.has('lang')) sayLanguage(searchParams, links)
  }
  return address.href
}

/** The server speaks the first of its languages that the browser takes, unless it is told another. */
function sayLanguage(parameters: URLSearchParams, { words }: Links): void {
  const taken = navigator.languages.find((tag) => /^(?:de|en)\b/i.test(tag)) ?? ''
  if (words.lang !== languageOf(taken)) parameters.set('lang', words.lang)
}
