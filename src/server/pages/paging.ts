import { html, raw } from 'hono/html'
import type { Html } from './html.ts'
import type { SearchPage } from './searched.ts'
import { numberText, TEXTS } from './texts.ts'

/** Pages named around the one that is shown. */
const PAGES_AROUND = 2

/** Which page this is, and the last one; from 1. */
export function pageNumberOf({ answer: { offset, limit, totalHits } }: SearchPage): { page: number; last: number } {
  if (limit === 0) return { page: 1, last: 1 }
  return { page: Math.floor(offset / limit) + 1, last: Math.max(1, Math.ceil(totalHits / limit)) }
}

/** Which page this is, in words; empty for the first, and for one that is not there. */
export function placeText(page: SearchPage): string {
  const { language } = page.shell
  const { page: here, last } = pageNumberOf(page)
  return here === 1 || here > last ? '' : TEXTS[language].pageOf(numberText(here, language), numberText(last, language))
}

/** The way to the other pages. */
export function pages(shown: SearchPage): Html {
  const { address, shell } = shown
  const { language } = shell
  const texts = TEXTS[language]
  const { page, last } = pageNumberOf(shown)
  if (last === 1 && page === 1) return html``
  const link = (to: number, text: Html | string, rel = ''): Html =>
    html`<a href="${address.with({ page: to === 1 ? null : String(to) })}" data-go="page"${rel === '' ? '' : raw(` rel="${rel}"`)}>${text}</a>`
  const here = Math.min(page, last + 1)
  const numbers: Html[] = []
  for (let at = 1; at <= last; at++) {
    const isShown = at === 1 || at === last || Math.abs(at - here) <= PAGES_AROUND
    if (!isShown && Math.abs(at - here) === PAGES_AROUND + 1) numbers.push(html`<li aria-hidden="true">…</li>`)
    if (!isShown) {
      // far away ones are not even looked at
      if (at < here) at = Math.max(at, here - PAGES_AROUND - 2)
      else at = Math.max(at, last - 1)
      continue
    }
    const text = numberText(at, language)
    numbers.push(at === page ? html`<li aria-current="page">${text}</li>` : html`<li>${link(at, text)}</li>`)
  }
  return html`<nav aria-label="${texts.pages}">
${here > 1 ? link(here - 1, texts.previous, 'prev') : ''}
<ol class="pages">${numbers}</ol>
${page < last ? link(page + 1, texts.next, 'next') : ''}
</nav>`
}
