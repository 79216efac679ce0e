import type { Document, Element } from 'domhandler'
import { cleanLine } from './clean.ts'
import { isoDate } from './dates.ts'
import { attribute, isElement, walkTree, wordsBelow } from './dom.ts'
import type { HeadTitles } from './html-title.ts'
import { articleData } from './json-ld.ts'

/** What the head of a page, and the marked-up parts of its body, say about it. Absent where it does not say. */
export interface PageMeta {
  readonly titles: HeadTitles
  readonly url?: string
  /** When it was published; as it is written where it cannot be read. */
  readonly date?: string
  /** When it was last changed: only where nothing else tells a date. */
  readonly modified?: string
  readonly author?: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly language?: string
}

const DATES = [
  'article:published_time',
  'date',
  'datepublished',
  'dc.date',
  'dc.date.issued',
  'dc.date.created',
  'dcterms.date',
  'dcterms.issued',
  'dcterms.created',
  'publish-date',
  'pubdate',
  'sailthru.date',
  'parsely-pub-date',
  'publishdate',
  'published_time',
  'og:published_time',
  'article:published',
  'datecreated',
]
const MODIFIED = ['last-modified', 'article:modified_time', 'og:updated_time', 'datemodified']
const DRAWINGS = new Set(['svg', 'math', 'template'])
const AUTHORS = ['author', 'article:author', 'dc.creator', 'dcterms.creator', 'rel=author']

/** Reads the page's metadata; `root` is its main content, whose `<time>` counts before others. */
export function pageMeta(document: Document, content: (element: Element) => boolean): PageMeta {
  const said = new Map<string, string>()
  const tags: string[] = []
  let inContent = 0
  let author: Element | null = null
  walkTree(
    document,
    (node) => {
      if (!isElement(node)) return 'children' in node
      // The title of a drawing, or of what a script may show, is not that of the page
      if (DRAWINGS.has(node.name)) return false
      if (content(node)) inContent++
      // Once, however many of them nest
      if (author === null && node.name === 'a' && relsOf(node).includes('author')) {
        author = node
        const name = cleanLine(wordsBelow(node))
        if (name !== '' && !said.has('rel=author')) said.set('rel=author', name)
      }
      for (const [name, value] of statements(node, inContent > 0)) {
        if (name === 'article:tag') tags.push(value)
        else if (value !== '' && !said.has(name)) said.set(name, value)
      }
      return true
    },
    (element) => {
      if (content(element)) inContent--
      if (element === author) author = null
    },
  )
  const first = (names: readonly string[], fits: (text: string) => boolean = () => true): string | undefined =>
    names.map((name) => said.get(name)).find((value) => value !== undefined && fits(value))
  const data = articleData(document)
  const keywords = first(['keywords', 'news_keywords'])?.split(/[,;]/) ?? data.keywords
  const dates = DATES.flatMap((name) => said.get(name) ?? []).concat(data.date ?? [])
  const times = ['time in content', 'time'].flatMap((name) => said.get(name) ?? [])
  return present({
    titles: {
      headline: data.headline ?? '',
      shared: said.get('og:title') ?? '',
      window: said.get('title') ?? '',
      site: said.get('og:site_name') ?? '',
    },
    url: addressOf(said.get('rel=canonical') ?? '', said.get('og:url') ?? ''),
    date: [...dates, ...times].find((date) => isoDate(date) !== null) ?? dates[0] ?? times[0],
    modified: first(MODIFIED, (date) => isoDate(date) !== null),
    author: data.author ?? first(AUTHORS, (text) => !isWebAddress(text)),
    description: first(['description', 'og:description']),
    tags: [...new Set([...keywords, ...tags].map(cleanLine))].filter((tag) => tag !== ''),
    language: first(['lang']),
  })
}

/** What one element says, as pairs of name and value. */
function* statements(element: Element, inContent: boolean): Generator<[string, string]> {
  const { name } = element
  if (name === 'html') yield ['lang', element.attribs['lang'] ?? element.attribs['xml:lang'] ?? '']
  else if (name === 'title') yield ['title', cleanLine(wordsBelow(element))]
  else if (attribute(element, 'itemprop') === 'datepublished' && name !== 'meta')
    yield ['datepublished', element.attribs['datetime'] ?? element.attribs['content'] ?? '']
  else if (name === 'time') yield [inContent ? 'time in content' : 'time', element.attribs['datetime'] ?? '']
  else if (name === 'meta') {
    const key = attribute(element, 'name') || attribute(element, 'property') || attribute(element, 'itemprop')
    yield [key, cleanLine(element.attribs['content'] ?? '')]
  }
  if (relsOf(element).includes('canonical')) yield ['rel=canonical', element.attribs['href']?.trim() ?? '']
}

function relsOf(element: Element): string[] {
  return attribute(element, 'rel').split(/\s+/)
}

/** The canonical address; one within the site made absolute where the page says where that is. */
function addressOf(canonical: string, shared: string): string | undefined {
  if (isWebAddress(canonical)) return canonical
  if (!isWebAddress(shared)) return canonical.startsWith('/') ? canonical : undefined
  return canonical !== '' && URL.canParse(canonical, shared) ? new URL(canonical, shared).href : shared
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text)
}

/** Leaves out what is undefined, so that a field is either there or not. */
function present(meta: { [K in keyof PageMeta]: PageMeta[K] | undefined }): PageMeta {
  return Object.fromEntries(Object.entries(meta).filter(([, value]) => value !== undefined)) as unknown as PageMeta
}
