import { hitAddress, type Links, searchAddress } from './addresses.ts'
import type { BoxAnswer, BoxHit } from './client.ts'
import { make } from './elements.ts'
import { nodesOf, shortened } from './text.ts'

/** An answer as options: what was meant, the hits, and the way to all of them. */
export function optionsOf(
  { hits, totalHits, didYouMean }: BoxAnswer,
  query: string,
  links: Links,
): HTMLAnchorElement[] {
  const { words } = links
  const options = hits.map((hit) => hitOption(hit, query, links))
  if (didYouMean !== null) {
    const meant = linkOption(searchAddress(didYouMean, links), 'more', words.meant(didYouMean))
    meant.dataset['meant'] = didYouMean
    options.unshift(meant)
  }
  if (totalHits > 0)
    options.push(
      linkOption(searchAddress(query, links), 'more all', totalHits > hits.length ? words.all(totalHits) : words.here),
    )
  return options
}

function hitOption(hit: BoxHit, query: string, links: Links): HTMLAnchorElement {
  const { id, date, page, section, formatted } = hit
  const title = formatted.title === '' ? [id] : nodesOf(formatted.title)
  const snippet = make('span', { part: 'snippet', class: 's', dir: 'auto' })
  if (date) snippet.append(make('time', { part: 'date', datetime: date }, dateText(date, links.words.lang)), ' · ')
  snippet.append(...nodesOf(shortened(formatted.snippet)))
  const option = linkOption(
    hitAddress(hit, query, links),
    '',
    make('span', { part: 'title', class: 't', dir: 'auto' }, ...title),
    make(
      'span',
      { part: 'place', class: 's', dir: 'auto' },
      page ? `${links.words.page} ${page}` : (section?.title ?? ''),
    ),
    snippet,
  )
  option.dataset['hit'] = id
  return option
}

const linkOption = (href: string, name: string, ...children: readonly (Node | string)[]): HTMLAnchorElement =>
  make(
    'a',
    { part: 'option', class: name, role: 'option', 'aria-selected': 'false', tabindex: '-1', href },
    ...children,
  )

/** The day of a date, short. */
const dateText = (date: string, lang: string): string =>
  new Date(date.slice(0, 10)).toLocaleDateString(lang === 'en' ? 'en-GB' : lang, {
    dateStyle: 'medium',
    timeZone: 'UTC',
  })
