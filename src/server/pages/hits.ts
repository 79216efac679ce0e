import { html, raw } from 'hono/html'
import { type Extra, extrasOf } from '../../article/extras.ts'
import type { Language } from '../../errors.ts'
import { highlight } from '../../search/present/highlight.ts'
import type { Hit } from '../../search/present/hit.ts'
import { type Carried, type Html, MARK } from './html.ts'
import { dateText, fieldText, numberText, TEXTS } from './texts.ts'

/** Where whole words are left out, German sets spaces; a browser leaves out the outer ones. */
export const CROP_MARKER = ' … '

/** Where hits of a page lead. */
export interface HitLinks {
  /** From the page to the root: `./` or `../`. */
  readonly root: string
  /** What to mark in articles that are read here; empty for nothing. */
  readonly query: string
  /** Of their titles on the page. */
  readonly level: 'h2' | 'h3'
  /** Parameters of the address that its links have, too: the language it asked for, the index it is about. */
  readonly carried: Carried
  /** Whether hits say why they are where they are. */
  readonly explains: boolean
}

/** An address of the web: anything else, such as `javascript:`, is no link. */
export const isWebAddress = (url: string | null | undefined): url is string =>
  typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url)

/** The page of an article here. */
export function articleAddress(id: string, { root, query, carried }: HitLinks): string {
  const parameters = new URLSearchParams()
  if (query !== '') parameters.set('q', query)
  for (const [name, value] of carried) parameters.set(name, value)
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
  // what an article has in common with another nobody asked for
  const extras = links.query === '' ? [] : foundExtras(hit)
  const author = extras.find(({ field }) => field === 'author')
  if (author !== undefined) about.push(html`<span dir="auto">${raw(markedExtra(author))}</span>`)
  else if (hit.author) about.push(html`<span dir="auto">${hit.author}</span>`)
  about.push(html`<span class="source" dir="auto">${url === null ? id : hostAndPath(url)}</span>`)
  if (hit.page !== undefined) about.push(html`<span>${texts.pageOfDocument(hit.page)}</span>`)
  if (hit.section !== undefined) about.push(html`<span dir="auto">${texts.section(hit.section.title)}</span>`)
  if (hit.duplicates)
    about.push(html`<span>${texts.duplicates(numberText(hit.duplicates, language), hit.duplicates === 1)}</span>`)
  const lang = langOf(hit.language, language)
  return html`<li class="hit">
<${raw(links.level)}><a href="${url ?? articleAddress(id, links)}"${lang} dir="auto">${title}</a></${raw(links.level)}>
<p class="about">${about}</p>
<p class="snippet"${lang} dir="auto">${raw(inOneLine(hit.formatted.snippet))}</p>
${extras
  .filter((extra) => extra !== author)
  .slice(0, EXTRAS_SHOWN)
  .map(
    (extra) =>
      html`<p class="extra">${fieldText(extra.field, language)}: <span dir="auto">${raw(markedExtra(extra))}</span></p>`,
  )}
${links.explains && hit.explanation ? html`<p class="why">${hit.explanation.text}</p>` : ''}
</li>`
}

/** The language of an article, where it is another than its page's: those that say nothing are German. */
export const langOf = (written: string | null | undefined, language: Language): Html =>
  (written ?? 'de') === language ? html`` : html` lang="${written ?? 'de'}"`

/** Where a line ends without a sign, as headings do, the next one is set apart. */
const inOneLine = (snippet: string): string =>
  // a crop marker never stands alone on a line
  snippet.replace(/([^\s.!?:…]) *\n\s*(?!…)/g, '$1 · ').replace(/ … $/, '\u00a0…')

/** Other fields in which words of the query were found, shown below a hit. */
const EXTRAS_SHOWN = 3
/** UTF-16 units of a field's value, and of those the ones before its first match. */
const EXTRA_LENGTH = 120
const EXTRA_BEFORE = 40

interface FoundExtra extends Extra {
  readonly ranges: readonly (readonly [start: number, end: number])[]
}

function foundExtras({ tags = [], author = null, meta = {}, matches }: Hit): FoundExtra[] {
  return extrasOf({ tags, author, meta }).flatMap((extra) => {
    const ranges = matches
      .filter(({ field, index = null }) => field === extra.field && index === extra.index)
      .map(({ start, end }) => [start, end] as const)
    return ranges.length === 0 ? [] : [{ ...extra, ranges }]
  })
}

function markedExtra({ value, ranges }: FoundExtra): string {
  const first = ranges[0]?.[0] ?? 0
  const start = first > EXTRA_BEFORE ? value.lastIndexOf(' ', first - EXTRA_BEFORE) + 1 : 0
  const isWhole = value.length <= start + EXTRA_LENGTH
  const lastSpace = value.lastIndexOf(' ', start + EXTRA_LENGTH)
  const end = isWhole ? value.length : Math.max(lastSpace, ranges[0]?.[1] ?? 0)
  return `${start > 0 ? CROP_MARKER : ''}${highlight(value, start, end, ranges, MARK)}${isWhole ? '' : CROP_MARKER}`
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
