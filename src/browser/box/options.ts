import { hitAddress, searchAddress } from './addresses.ts'
import type { BoxAnswer, BoxHit } from './client.ts'
import { make } from './elements.ts'
import { nodesOf, shortened } from './text.ts'
import type { Words } from './words.ts'

/** What the links of the options are made of. */
export interface Links {
  readonly words: Words
  readonly server: string
  readonly query: string
  /** Whether hits of the same site are told what to mark. */
  readonly marks: boolean
  /** The form inside the element, which says where all hits are; null for the server's own page. */
  readonly form: HTMLFormElement | null
}

/** An answer as options: what was meant, the hits, and the way to all of them. */
export function optionsOf({ hits, totalHits, didYouMean }: BoxAnswer, links: Links): HTMLAnchorElement[] {
  const { words, query } = links
  const options = hits.map((hit) => hitOption(hit, links))
  if (didYouMean !== null) {
    const meant = linkOption(pageFor(didYouMean, links), 'more', words.meant(didYouMean))
    meant.dataset['meant'] = didYouMean
    options.unshift(meant)
  }
  if (totalHits > 0) options.push(linkOption(pageFor(query, links), 'more all', words.all(totalHits)))
  return options
}

/** Where all hits for a query are. */
export const pageFor = (query: string, { form, server, words }: Pick<Links, 'form' | 'server' | 'words'>): string =>
  searchAddress(form, server, query, words.lang)

function hitOption(hit: BoxHit, { server, query, marks, words }: Links): HTMLAnchorElement {
  const { id, date, formatted } = hit
  const title = formatted.title === '' ? [id] : nodesOf(formatted.title)
  const snippet = make('span', { part: 'snippet', class: 's', dir: 'auto' })
  if (date) snippet.append(make('time', { part: 'date', datetime: date }, dateText(date, words.lang)), ' · ')
  snippet.append(...nodesOf(shortened(formatted.snippet)))
  const option = linkOption(hitAddress(hit, server, query, marks), '')
  option.append(make('span', { part: 'title', class: 't', dir: 'auto' }, ...title), snippet)
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
