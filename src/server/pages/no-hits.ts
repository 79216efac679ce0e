import { html } from 'hono/html'
import type { Html } from './html.ts'
import { isNarrow } from './narrowing.ts'
import { pageNumberOf } from './paging.ts'
import { hitsText, isAsking, type SearchPage } from './searched.ts'
import { numberText, TEXTS } from './texts.ts'

/** What helps where nothing was found. */
export function noHits(page: SearchPage): Html {
  const { answer, address, request, problem, narrowing, shell } = page
  const { language } = shell
  const texts = TEXTS[language]
  if (problem !== null)
    return html`<p class="problem" role="alert">${problem}</p><p><a href="${address.plain}" data-go>${texts.clear}</a></p>`
  if (answer.totalHits > 0) {
    const { page: here, last } = pageNumberOf(page)
    const why = here > last ? html`<p class="none">${texts.noPage(numberText(here, language))}</p>` : ''
    const words = here > last ? texts.firstPage : hitsText(answer.totalHits, language)
    return html`${why}<p><a href="${address.with({})}" data-go>${words}</a></p>`
  }
  if (!isAsking(page)) return html`<p>${texts.nothingYet}</p>`
  if (narrowing.from !== '' && narrowing.to !== '' && narrowing.from > narrowing.to)
    return html`<p class="none">${texts.daysReversed}</p>`
  const { words = [], hitsWithoutFilter = null, hitsWithoutOperators = null } = answer.explanation ?? {}
  const helps: Html[] = []
  for (const { word, articles, nearest, hitsWithout } of words) {
    const near = nearest.map(
      (one) => html` <a href="${address.with({ q: replaceWord(answer.query, word, one) })}" data-go>${one}</a>`,
    )
    const isAll = word === answer.query.trim()
    if (articles === 0 && !(isAll && near.length === 0))
      helps.push(
        html`<li>${isAll ? '' : html`${texts.fails(word)} `}${near.length === 0 ? '' : html`${texts.near}${near}`}</li>`,
      )
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
  if (helps.length === 0) {
    if (answer.query.trim() !== '') helps.push(html`<li>${answer.degraded ? texts.shorter : texts.tip}</li>`)
    const isNarrowed = isNarrow(narrowing) || request.filter !== null
    helps.push(
      isNarrowed
        ? html`<li><a href="${address.plain}" data-go>${texts.clear}</a></li>`
        : html`<li><a href="${address.nothing}" data-go>${texts.lookAround}</a></li>`,
    )
  }
  const fails = answer.degraded ? texts.noneYet : texts.none(answer.query)
  const none = answer.query.trim() === '' ? '' : html`<p class="none">${fails}</p>`
  return html`${none}<ul class="helps">${helps}</ul>`
}

/** Another word in the place of one, which is never a part of a longer one; with nothing in its place its sign goes too. */
function replaceWord(query: string, word: string, other: string): string {
  const name = word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  const sign = other === '' ? '[+-]?' : ''
  const whole = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${sign}${name}(?![\\p{L}\\p{M}\\p{N}])`, 'u')
  return query.replace(whole, () => other)
}
