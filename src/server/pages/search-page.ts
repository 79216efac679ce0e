import { html, raw } from 'hono/html'
import type { Language } from '../../errors.ts'
import type { SearchRequest } from '../../search/request.ts'
import type { SearchAnswer } from '../../search/service.ts'
import type { PageAddress } from './address.ts'
import { dateRange, type Facet, facetBoxes } from './facets.ts'
import { type HitLinks, hitItem } from './hits.ts'
import { type Html, pageOf, type Shell } from './html.ts'
import { isNarrow, type Narrowing } from './narrowing.ts'
import { numberText, TEXTS } from './texts.ts'

export interface SearchPage {
  readonly shell: Shell
  readonly answer: SearchAnswer
  readonly request: SearchRequest
  readonly address: PageAddress
  readonly narrowing: Narrowing
  readonly facets: readonly Facet[]
  /** What the form has to carry beside what its own fields say. */
  readonly kept: readonly (readonly [string, string])[]
  /** Whether there are days to choose between, or any are chosen. */
  readonly hasDates: boolean
  readonly links: HitLinks
  /** What was wrong with the address, in words; then there are no hits. */
  readonly problem: string | null
}

/** Pages named around the one that is shown. */
const PAGES_AROUND = 2

/** The search page, finished on the server: a form, the hits, what they can be narrowed down by, the pages. */
export function searchPage(page: SearchPage): Html {
  const { shell, answer, request } = page
  const { language } = shell
  const texts = TEXTS[language]
  const title = answer.query.trim() === '' ? texts.search : `${answer.query} – ${texts.search}`
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
<p id="count" class="${answer.hits.length === 0 ? 'empty' : ''}" role="status" tabindex="-1">${countText(page)}</p>
${sorting(request, language)}
</div>
<div id="found" class="columns${isNarrowable(page) ? ' two' : ''}">
<div id="results">
${isNarrowable(page) && answer.hits.length > 0 ? html`<p class="jump"><a href="#narrow">${texts.filters} ↓</a></p>` : ''}
${reading(page)}
${answer.hits.length === 0 ? noHits(page) : html`<ol id="hits" start="${answer.offset + 1}">${answer.hits.map((hit) => hitItem(hit, language, page.links))}</ol>`}
${pages(page)}
</div>
${narrowingForm(page)}
</div>
</main>`,
  )
}

function countText({ answer, shell: { language }, narrowing, request, problem }: SearchPage): string {
  const texts = TEXTS[language]
  if (problem !== null) return texts.wrong
  const hits = hitsText(answer.totalHits, language)
  const isAll = answer.query.trim() === '' && !isNarrow(narrowing) && request.filter === null
  return isAll && answer.totalHits > 0 ? texts.newest : hits
}

const hitsText = (count: number, language: Language): string =>
  TEXTS[language].hits(numberText(count, language), count === 1)

function sorting({ sort }: SearchRequest, language: Language): Html {
  const { sort: label, sorts, apply } = TEXTS[language]
  const now = sort.map(({ field, descending }) => `${field}:${descending ? 'desc' : 'asc'}`).join(',')
  const options = [
    ['', sorts.best],
    ['date:desc', sorts.newest],
    ['date:asc', sorts.oldest],
  ]
  if (!options.some(([value]) => value === now)) options.push([now, now])
  return html`<p class="sorting"><label for="sort">${label}</label> <select id="sort" name="sort" form="search">${options.map(
    ([value, text]) => html`<option value="${value}"${value === now ? ' selected' : ''}>${text}</option>`,
  )}</select> <button form="search" class="plain scriptless">${apply}</button></p>`
}

/** What of the query was read in another way than it was typed. */
function reading({ answer, address, shell: { language } }: SearchPage): Html {
  const texts = TEXTS[language]
  const lines: Html[] = []
  if (answer.didYouMean !== null) {
    const link = address.with({ q: answer.didYouMean })
    lines.push(html`<p class="meant">${texts.didYouMean} <a href="${link}" data-go>${answer.didYouMean}</a></p>`)
  }
  const read = readings(answer)
  if (read.size > 0)
    lines.push(html`<p class="read">${Array.from(read, ([word, as]) => texts.read(word, as)).join(', ')}</p>`)
  if (answer.droppedWords.length > 0 && answer.hits.length > 0)
    lines.push(html`<p class="dropped">${texts.dropped} ${answer.droppedWords.join(', ')}</p>`)
  return html`${lines}`
}

/** By word of the query what it was taken for in the best hit that has it so. */
function readings({ hits }: SearchAnswer): Map<string, string> {
  const read = new Map<string, string>()
  for (const { explanation } of hits) {
    for (const part of explanation?.parts ?? []) {
      if (!('word' in part) || part.matched === null || read.has(part.word)) continue
      if (part.kind === 'typo' || part.kind === 'synonym') read.set(part.word, part.matched)
    }
  }
  return read
}

/** What helps where nothing was found. */
function noHits({ answer, address, request, problem, narrowing, shell: { language } }: SearchPage): Html {
  const texts = TEXTS[language]
  if (problem !== null)
    return html`<p class="problem" role="alert">${problem}</p><p><a href="${address.plain}" data-go>${texts.clear}</a></p>`
  if (answer.totalHits > 0)
    return html`<p><a href="${address.with({})}" data-go>${hitsText(answer.totalHits, language)}</a></p>`
  const isAsking = answer.query.trim() !== '' || isNarrow(narrowing) || request.filter !== null
  if (!isAsking) return html`<p>${texts.nothingYet}</p>`
  const { words = [], hitsWithoutFilter = null, hitsWithoutOperators = null } = answer.explanation ?? {}
  const helps: Html[] = []
  for (const { word, articles, nearest, hitsWithout } of words) {
    const near = nearest.map(
      (one) => html` <a href="${address.with({ q: replaceWord(answer.query, word, one) })}" data-go>${one}</a>`,
    )
    if (articles === 0)
      helps.push(html`<li>${texts.fails(word)}${near.length === 0 ? '' : html` ${texts.near}${near}`}</li>`)
    if (hitsWithout > 0) {
      const without = replaceWord(answer.query, word, '').replace(/\s+/g, ' ').trim()
      helps.push(
        html`<li><a href="${address.with({ q: without })}" data-go>${texts.without(word, hitsText(hitsWithout, language))}</a></li>`,
      )
    }
  }
  if (hitsWithoutFilter)
    helps.push(
      html`<li><a href="${address.plain}" data-go>${texts.withoutFilter(hitsText(hitsWithoutFilter, language))}</a></li>`,
    )
  if (hitsWithoutOperators)
    helps.push(html`<li>${texts.withoutOperators(hitsText(hitsWithoutOperators, language))}</li>`)
  const reset =
    isNarrow(narrowing) && !hitsWithoutFilter ? html`<p><a href="${address.plain}" data-go>${texts.clear}</a></p>` : ''
  const none = answer.query.trim() === '' ? '' : html`<p class="none">${texts.none(answer.query)}</p>`
  return html`${none}${helps.length === 0 ? '' : html`<ul class="helps">${helps}</ul>`}${reset}`
}

/** Another word in the place of one, which is never a part of a longer one; with nothing in its place its sign goes too. */
function replaceWord(query: string, word: string, other: string): string {
  const name = word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  const sign = other === '' ? '[+-]?' : ''
  const whole = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${sign}${name}(?![\\p{L}\\p{M}\\p{N}])`, 'u')
  return query.replace(whole, () => other)
}

const isNarrowable = ({ facets, narrowing, hasDates }: SearchPage): boolean =>
  facets.length > 0 || hasDates || isNarrow(narrowing)

/** There even where nothing can be narrowed down: a day that is being typed must not be replaced. */
function narrowingForm(page: SearchPage): Html {
  const { facets, narrowing, hasDates, address, shell } = page
  const { language } = shell
  const texts = TEXTS[language]
  const reset = isNarrow(narrowing) ? html`<p><a href="${address.plain}" data-go>${texts.clear}</a></p>` : ''
  return html`<section id="narrow" aria-labelledby="narrow-title"${isNarrowable(page) ? '' : ' hidden'}>
<h2 id="narrow-title">${texts.filters}</h2>
<div id="facets">${facets.map((facet) => facetBoxes(facet, language))}</div>
${dateRange(narrowing, hasDates, language)}
<p class="scriptless"><button form="search">${texts.apply}</button></p>
<div id="reset">${reset}</div>
</section>`
}

function pages({ answer, address, shell: { language } }: SearchPage): Html {
  const texts = TEXTS[language]
  const { offset, limit, totalHits } = answer
  const last = limit === 0 ? 1 : Math.max(1, Math.ceil(totalHits / limit))
  const page = limit === 0 ? 1 : Math.floor(offset / limit) + 1
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
