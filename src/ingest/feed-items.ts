import { type AnyFeed, parseFeed } from 'feedsmith'
import { cleanLine } from './clean.ts'
import { htmlField, plainField } from './field-markup.ts'
import { wordpressText } from './wordpress-text.ts'

/** One item of a feed, whatever its format. A text of `''` means that it has none. */
export interface FeedItem {
  readonly id: string | undefined
  readonly title: string
  readonly text: string
  /** What stands beside the text as its summary; `''` where there is none. */
  readonly description: string
  readonly url: string | undefined
  readonly date: string | undefined
  readonly authors: readonly string[]
  readonly tags: readonly string[]
  readonly language: string | undefined
}

export interface FeedContent {
  readonly title: string
  readonly items: readonly FeedItem[]
}

type Part<Format extends AnyFeed['format']> = Extract<AnyFeed, { format: Format }>['feed']

/** Reads RSS 2.0, RSS 1.0, Atom or JSON Feed. @throws Error where feedsmith cannot make sense of it */
export function feedContent(text: string): FeedContent {
  const parsed = parseFeed(text)
  switch (parsed.format) {
    case 'rss':
      return rss(parsed.feed)
    case 'rdf':
      return rdf(parsed.feed)
    case 'atom':
      return atom(parsed.feed)
    case 'json':
      return json(parsed.feed)
  }
}

function rss(feed: Part<'rss'>): FeedContent {
  const items = (feed.items ?? []).map((item) => ({
    id: item.guid?.value,
    title: markupLine(item.title ?? item.dc?.titles?.[0]),
    ...htmlTextAndDescription(item.content?.encoded, item.description ?? item.dc?.descriptions?.[0]),
    url: item.link,
    date: item.pubDate ?? item.dc?.dates?.[0] ?? item.dcterms?.created?.[0],
    authors: named(item.authors) ?? item.dc?.creators ?? named(feed.managingEditor && [feed.managingEditor]) ?? [],
    tags: [...(item.categories ?? []).map(({ name }) => name), ...(item.dc?.subjects ?? [])].filter(isText),
    language: item.xml?.lang ?? item.dc?.languages?.[0] ?? feed.language ?? feed.dc?.languages?.[0],
  }))
  return { title: markupLine(feed.title), items }
}

function rdf(feed: Part<'rdf'>): FeedContent {
  const items = (feed.items ?? []).map((item) => ({
    id: item.rdf?.about,
    title: markupLine(item.title ?? item.dc?.titles?.[0]),
    ...htmlTextAndDescription(item.content?.encoded, item.description ?? item.dc?.descriptions?.[0]),
    url: item.link,
    date: item.dc?.dates?.[0],
    authors: item.dc?.creators ?? feed.dc?.creators ?? [],
    tags: item.dc?.subjects ?? [],
    language: item.xml?.lang ?? item.dc?.languages?.[0] ?? feed.dc?.languages?.[0] ?? feed.xml?.lang,
  }))
  return { title: markupLine(feed.title), items }
}

function atom(feed: Part<'atom'>): FeedContent {
  const items = (feed.entries ?? []).map((entry) => ({
    id: entry.id,
    title: cleanLine(atomText(entry.title)),
    ...textAndDescription([entry.content, entry.summary].map(atomText)),
    url: (entry.links?.find(({ rel }) => rel === undefined || rel === 'alternate') ?? entry.links?.[0])?.href,
    date: entry.published ?? entry.updated,
    authors: named(entry.authors) ?? entry.dc?.creators ?? named(feed.authors) ?? [],
    tags: (entry.categories ?? []).map(({ label, term }) => label ?? term).filter(isText),
    language: entry.xml?.lang ?? feed.xml?.lang,
  }))
  return { title: cleanLine(atomText(feed.title)), items }
}

function json(feed: Part<'json'>): FeedContent {
  const items = (feed.items ?? []).map((item) => ({
    id: item.id,
    title: markupLine(item.title),
    ...textAndDescription([
      wordpressText(htmlField(item.content_html ?? '')) || (item.content_text ?? ''),
      plainField(item.summary ?? ''),
    ]),
    url: item.url ?? item.external_url,
    date: item.date_published ?? item.date_modified,
    authors: named(item.authors) ?? named(feed.authors) ?? [],
    tags: item.tags ?? [],
    language: item.language ?? feed.language,
  }))
  return { title: markupLine(feed.title), items }
}

/** Of pieces that say the same in falling length the first is the text, the next the description. */
function textAndDescription(pieces: readonly string[]): { text: string; description: string } {
  const [text = '', description = ''] = pieces.map((piece) => piece.trim()).filter((piece) => piece !== '')
  return { text, description: description === text ? '' : description }
}

function htmlTextAndDescription(...pieces: readonly (string | undefined)[]): { text: string; description: string } {
  return textAndDescription(pieces.map((piece) => wordpressText(htmlField(piece ?? ''))))
}

/** RSS does not say whether a title is HTML: only one with character references or the usual tags is read as such. */
function markupLine(title: string | undefined): string {
  return cleanLine(plainField(title ?? ''))
}

function atomText(text: { value?: string; type?: string } | undefined): string {
  const isHtml = text?.type !== undefined && /html/i.test(text.type)
  return isHtml ? wordpressText(htmlField(text?.value ?? '')) : plainField(text?.value ?? '')
}

function named(
  people: readonly { name?: string | undefined; email?: string | undefined }[] | undefined,
): string[] | undefined {
  const names = (people ?? []).map(({ name, email }) => name ?? email).filter(isText)
  return names.length > 0 ? names : undefined
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== ''
}
