import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Language } from '../errors.ts'
import type { Hit } from '../search/hit.ts'
import { DEFAULT_REQUEST, type SearchRequest } from '../search/request.ts'
import type { SearchAnswer } from '../search/service.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const WORDS = {
  de: {
    title: 'Suche',
    label: 'Suchbegriffe',
    search: 'Suchen',
    newest: 'Neueste Artikel',
    none: 'Kein Artikel passt dazu.',
    hits: (n: number) => (n === 1 ? '1 Treffer' : `${n} Treffer`),
    dropped: 'Nicht im ersten Treffer:',
    previous: 'Zurück',
    next: 'Weiter',
    pages: 'Seiten',
  },
  en: {
    title: 'Search',
    label: 'Search terms',
    search: 'Search',
    newest: 'Newest articles',
    none: 'No article matches.',
    hits: (n: number) => (n === 1 ? '1 hit' : `${n} hits`),
    dropped: 'Not in the first hit:',
    previous: 'Previous',
    next: 'Next',
    pages: 'Pages',
  },
} as const

/**
 * The search page, finished on the server: a form, the hits, the pages.
 * @param asked whether the address asks for this language: then its links do too
 */
export function renderPage(answer: SearchAnswer, request: SearchRequest, language: Language, asked: boolean): Html {
  const words = WORDS[language]
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${answer.query === '' ? words.title : `${answer.query} – ${words.title}`}</title>
<link rel="stylesheet" href="page.css">
</head>
<body>
<main>
<form action="./" method="get" role="search">
<label for="q">${words.label}</label>
<div class="box"><input id="q" name="q" type="search" value="${answer.query}" autocomplete="off" autofocus>${asked ? html`<input type="hidden" name="lang" value="${language}">` : ''}<button>${words.search}</button></div>
</form>
<p class="count" role="status">${answer.query.trim() === '' ? words.newest : words.hits(answer.totalHits)}</p>
${answer.totalHits === 0 && answer.query.trim() !== '' ? html`<p>${words.none}</p>` : ''}
${answer.droppedWords.length > 0 ? html`<p class="dropped">${words.dropped} ${answer.droppedWords.join(', ')}</p>` : ''}
<ol start="${answer.offset + 1}">${answer.hits.map((hit) => renderHit(hit, language))}</ol>
${renderPages(answer, request, language, asked)}
</main>
</body>
</html>`
}

function renderHit(hit: Hit, language: Language): Html {
  const id = hit.id ?? ''
  const address =
    hit.url !== undefined && hit.url !== null && isWebAddress(hit.url) ? hit.url : `articles/${encodeURIComponent(id)}`
  // formatted texts are escaped already, but for the tags: so only the page's own tags may stand in them
  const title = hit.formatted.title === '' ? html`${id}` : raw(hit.formatted.title)
  const date = hit.date ? html`<time datetime="${hit.date}">${dateText(hit.date, language)}</time> ` : ''
  return html`<li><a href="${address}">${title}</a><p>${date}${raw(hit.formatted.snippet)}</p></li>`
}

function renderPages(answer: SearchAnswer, request: SearchRequest, language: Language, asked: boolean): Html | '' {
  const words = WORDS[language]
  const link = (offset: number, text: string, rel: string): Html => {
    const query = new URLSearchParams({ q: request.q, offset: String(offset) })
    for (const name of ['limit', 'cropLength', 'cropMarker', 'matchingStrategy'] as const) {
      if (request[name] !== DEFAULT_REQUEST[name]) query.set(name, String(request[name]))
    }
    if (asked) query.set('lang', language)
    return html`<a rel="${rel}" href="./?${query.toString()}">${text}</a> `
  }
  const { offset, limit, totalHits } = answer
  // from beyond the end the way back leads to the last page
  const before = Math.min(offset - limit, Math.ceil(totalHits / Math.max(limit, 1) - 1) * limit)
  const previous = offset > 0 ? link(Math.max(0, before), words.previous, 'prev') : ''
  const next = limit > 0 && offset + limit < totalHits ? link(offset + limit, words.next, 'next') : ''
  return previous === '' && next === '' ? '' : html`<nav aria-label="${words.pages}">${previous}${next}</nav>`
}

const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url)

function dateText(date: string, language: Language): string {
  const day = new Date(`${date.slice(0, 10)}T00:00:00Z`)
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    day,
  )
}

export const PAGE_CSS = `:root{color-scheme:light dark;--text:#1c1c1e;--dim:#5c5c66;--back:#fff;--line:#d5d5dc;--link:#0b57a4;--mark:#ffec99}
@media (prefers-color-scheme:dark){:root{--text:#ececf1;--dim:#a3a3b0;--back:#17171b;--line:#3a3a44;--link:#8ab8f0;--mark:#6b5900}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:1rem/1.55 system-ui,sans-serif}
main{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 4rem}
label{display:block;font-weight:600;margin-bottom:.35rem}
.box{display:flex;gap:.5rem}
input,button{font:inherit;min-height:2.75rem;border:1px solid var(--line);border-radius:.5rem;padding:0 .8rem}
input{flex:1;min-width:0;background:var(--back);color:inherit}
button{background:var(--link);border-color:var(--link);color:var(--back);font-weight:600;cursor:pointer}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.count,.dropped,time{color:var(--dim)}
ol{list-style:none;margin:0;padding:0}
li{padding:.9rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
li a{color:var(--link);font-size:1.15rem;font-weight:600;text-decoration:none}
li a:hover{text-decoration:underline}
li p{margin:.25rem 0 0}
mark{background:var(--mark);color:inherit;border-radius:.2em;padding:0 .1em}
nav{display:flex;gap:1.5rem;padding-top:1rem}
nav a{color:var(--link)}`
