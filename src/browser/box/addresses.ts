import type { BoxHit } from './client.ts'
import { fragmentOf } from './text.ts'

/**
 * Where a hit leads: the article's own page, which is told what to mark where it is one of this site; else its page on the server.
 */
export function hitAddress({ id, url, formatted }: BoxHit, server: string, query: string, marks: boolean): string {
  // an address without a host is one of the site itself; `javascript:` and the like are none
  if (url === null || !/^(?:https?:\/)?\/[^/\\]/i.test(url) || !URL.canParse(url, location.href))
    return `${server}/articles/${encodeURIComponent(id)}?q=${encodeURIComponent(query)}#fund`
  const address = new URL(url, location.href)
  if (!marks || address.origin !== location.origin) return address.href
  address.searchParams.set('mark', query)
  const fragment = 'fragmentDirective' in document ? fragmentOf(formatted.snippet) : ''
  return address.href + (fragment === '' || address.hash !== '' ? fragment : `#${fragment}`)
}

/** Where all hits are: a site's own form says, with what its fields hold; without one it is the server's own page. */
export function searchAddress(form: HTMLFormElement | null, server: string, query: string, lang: string): string {
  const address = new URL(form?.getAttribute('action') ?? `${server}/`, document.baseURI)
  for (const [name, value] of form === null ? [] : new FormData(form)) address.searchParams.set(name, String(value))
  const field = form?.querySelector<HTMLInputElement>('input[type=search],input[type=text],input:not([type])')
  address.searchParams.set(field?.name || 'q', query)
  if (form === null && lang !== 'de') address.searchParams.set('lang', lang)
  return address.href
}
