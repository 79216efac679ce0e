// The room `server/pages`: the pages as HTML, finished on the server. It imports what `search` answers with and `server/http`; a page is
// a function of what it is given, and asks for nothing itself.

import { html } from 'hono/html'
import type { SearchAnswer } from '../../search/answer.ts'
import { dateRange, facetBoxes } from './facets.ts'
import { hitItem } from './hits.ts'
import { type Html, pageOf } from './html.ts'
import { isNarrow } from './narrowing.ts'
import { noHits } from './no-hits.ts'
import { pages, placeText } from './paging.ts'
import { hitsText, isAsking, type SearchPage } from './searched.ts'
import { TEXTS } from './texts.ts'

/** The search page, finished on the server: a form, the hits, what they can be narrowed down by, the pages. */
export function searchPage(page: SearchPage): Html {
  const { shell, answer } = page
  const { language } = shell
  const texts = TEXTS[language]
  const title = [answer.query.trim(), placeText(page), texts.search].filter((part) => part !== '').join(' – ')
  return pageOf(
    shell,
    title,
    html`<header>
<form id="search" action="./" method="get" role="search">
<h1><label for="q">${texts.label}</label></h1>
<div class="box"><input id="q" name="q" type="search" value="${answer.query}" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"${answer.query === '' ? ' autofocus' : ''}><button>${texts.submit}</button></div>
<div id="kept">${page.kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}</div>
</form>
</header>
<main id="main" data-failed="${texts.failed}" data-again="${texts.again}">
<div class="top">
<p id="count" class="${countClass(page)}" role="status" tabindex="-1">${countText(page)}</p>
${sorting(page)}
</div>
<div id="found" class="columns${isNarrowable(page) ? ' two' : ''}">
<div id="results">
${isNarrowable(page) && answer.hits.length > 0 ? html`<p class="jump"><a href="#narrow">${texts.filters}${narrowings(page)} ↓</a></p>` : ''}
${reading(page)}
${answer.hits.length === 0 ? noHits(page) : html`<ol id="hits" start="${answer.offset + 1}">${answer.hits.map((hit) => hitItem(hit, language, page.links))}</ol>`}
${pages(page)}
</div>
${narrowingForm(page)}
</div>
</main>`,
  )
}

function countText(page: SearchPage): string {
  const { answer, shell, request, problem } = page
  const texts = TEXTS[shell.language]
  if (problem !== null) return texts.wrong
  const [order = { field: 'date', descending: true }] = request.sort
  const isByDate = !isAsking(page) && answer.totalHits > 0 && order.field === 'date'
  const hits = hitsText(answer.totalHits, shell.language)
  const what = isByDate ? (order.descending ? texts.newest : texts.oldest) : hits
  return [what, placeText(page)].filter((part) => part !== '').join(', ')
}

const countClass = ({ answer, problem }: SearchPage): string =>
  problem !== null ? 'empty wrong' : answer.hits.length === 0 ? 'empty' : ''

/** In how many ways the hits are narrowed down, in words; empty for none. */
function narrowings({ narrowing: { ticked, from, to }, request }: SearchPage): string {
  const count = [...ticked.values()].flat().length + [from, to, request.filter].filter(Boolean).length
  return count === 0 ? '' : ` (${count})`
}

function sorting(page: SearchPage): Html {
  const { sort: label, sorts, apply } = TEXTS[page.shell.language]
  const now = page.request.sort.map(({ field, descending }) => `${field}:${descending ? 'desc' : 'asc'}`).join(',')
  // without a query no article is more fitting than another: the newest are first
  const options: [string, string][] =
    page.answer.query.trim() !== ''
      ? [
          ['', sorts.best],
          ['date:desc', sorts.newest],
        ]
      : [[now === 'date:desc' ? now : '', sorts.newest]]
  options.push(['date:asc', sorts.oldest])
  if (!options.some(([value]) => value === now)) options.push([now, now])
  return html`<p class="sorting"><label for="sort">${label}</label> <select id="sort" name="sort" form="search">${options.map(
    ([value, text]) => html`<option value="${value}"${value === now ? ' selected' : ''}>${text}</option>`,
  )}</select> <button form="search" class="plain scriptless">${apply}</button></p>`
}

/** What of the query was read in another way than it was typed. */
function reading({ answer, address, filter, shell: { language } }: SearchPage): Html {
  const texts = TEXTS[language]
  const lines: Html[] = []
  if (answer.didYouMean !== null) {
    const link = address.with({ q: answer.didYouMean })
    lines.push(html`<p class="meant">${texts.didYouMean} <a href="${link}" data-go>${answer.didYouMean}</a></p>`)
  }
  // what was meant says it already
  const read = [...readings(answer)].filter(([, { kind }]) => answer.didYouMean === null || kind !== 'typo')
  if (read.length > 0)
    lines.push(html`<p class="read">${read.map(([word, { matched }]) => texts.read(word, matched)).join(', ')}</p>`)
  if (answer.degradation !== undefined) lines.push(html`<p class="read" role="note">${answer.degradation.text}</p>`)
  if (answer.droppedWords.length > 0 && answer.hits.length > 0)
    lines.push(html`<p class="dropped">${texts.dropped} ${answer.droppedWords.join(', ')}</p>`)
  if (filter !== null)
    lines.push(
      html`<p class="read">${texts.onlyWith} <code>${filter}</code> <a href="${address.with({ filter: null })}" data-go>${texts.withoutFilterLink}</a></p>`,
    )
  return html`${lines}`
}

/** By word of the query what it was taken for in the best hit that has it so. */
function readings({ hits }: SearchAnswer): Map<string, { readonly kind: string; readonly matched: string }> {
  const read = new Map<string, { kind: string; matched: string }>()
  for (const { explanation } of hits) {
    for (const part of explanation?.parts ?? []) {
      if (!('word' in part) || part.matched === null || read.has(part.word)) continue
      if (part.kind === 'typo' || part.kind === 'synonym')
        read.set(part.word, { kind: part.kind, matched: part.matched })
    }
  }
  return read
}

const isNarrowable = ({ facets, narrowing, hasDates }: SearchPage): boolean =>
  facets.length > 0 || hasDates || isNarrow(narrowing)

/** There even where nothing can be narrowed down: a day that is being typed must not be replaced. */
function narrowingForm(page: SearchPage): Html {
  const { answer, facets, narrowing, hasDates, address, shell } = page
  const { language } = shell
  const texts = TEXTS[language]
  const reset = isNarrow(narrowing) ? html`<p><a href="${address.plain}" data-go>${texts.clear}</a></p>` : ''
  const hits = hitsText(answer.totalHits, language)
  return html`<section id="narrow" aria-labelledby="narrow-title"${isNarrowable(page) ? '' : ' hidden'}>
<h2 id="narrow-title">${texts.filters}</h2>
<div id="facets">${facets.map((facet) => facetBoxes(facet, language))}</div>
${dateRange(narrowing, hasDates, language)}
<p class="scriptless"><button form="search">${texts.apply}</button></p>
<div id="reset">${reset}${isNarrow(narrowing) ? html`<p class="jump up"><a href="#count">${texts.toHits(hits)} ↑</a></p>` : ''}</div>
</section>`
}
