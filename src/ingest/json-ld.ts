import type { Document, Element } from 'domhandler'
import { cleanLine } from './clean.ts'
import { attribute, isElement, walkTree, wordsBelow } from './dom.ts'
import { htmlToText } from './html-text.ts'

/** Longer descriptions for machines are not read, nor an article looked for among more things than these. */
const LENGTH_MAX = 200_000
const THINGS_MAX = 500

type Thing = Readonly<Record<string, unknown>>

/** What the JSON-LD of a page says of its article; absent where it does not say. */
export interface ArticleData {
  readonly headline?: string
  readonly date?: string
  readonly author?: string
  readonly keywords: readonly string[]
}

/** What one script of JSON-LD describes, those in its graph included; empty where it is none, or broken. */
export function jsonLdThings(script: Element): readonly Thing[] {
  if (!/^application\/ld\+json(?:$|[ ;])/.test(attribute(script, 'type'))) return []
  const text = wordsBelow(script)
  if (text.length > LENGTH_MAX) return []
  const top = [parsed(text)].flat().filter(isThing)
  const all = top.flatMap((thing) => [thing, ...[thing['@graph']].flat().filter(isThing)])
  // what a page is about may be within what it is
  return all.flatMap((thing) => [thing, ...[thing['mainEntity']].flat().filter(isThing)])
}

/** Broken once in the ways systems break it: line ends within strings, a semicolon behind it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    try {
      return JSON.parse(withoutSemicolon(text.replace(/[\n\r\t]/g, ' ').trimEnd()))
    } catch {
      return null
    }
  }
}

function withoutSemicolon(text: string): string {
  return text.endsWith(';') ? text.slice(0, -1) : text
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const ARTICLE = /(?:article|posting|report|review|recipe|howto|qapage|discussionforumposting)$/i
const PAGE = /(?:webpage|itempage|aboutpage|faqpage)$/i
const ORGANIZATION = /organi[sz]ation|corporation|company/i

/** What a page's JSON-LD says of the article on it: of the first article described, else of the page. */
export function articleData(document: Document): ArticleData {
  const things: Thing[] = []
  walkTree(document, (node) => {
    if (!isElement(node)) return 'children' in node
    if (node.name === 'script') things.push(...jsonLdThings(node).slice(0, THINGS_MAX))
    return node.name !== 'script'
  })
  const article = things.find((thing) => isOfType(thing, ARTICLE)) ?? things.find((thing) => isOfType(thing, PAGE))
  if (article === undefined) return { keywords: [] }
  const byId = new Map(things.map((thing) => [thing['@id'], thing]))
  const headline = line(article['headline'])
  const date = line(article['datePublished']) || line(article['dateCreated'])
  const author = authorsOf(article, byId)
  const keywords = [article['keywords']].flat().flatMap((words) => (typeof words === 'string' ? words.split(',') : []))
  return {
    ...(headline !== '' && { headline }),
    ...(date !== '' && { date }),
    ...(author !== '' && { author }),
    keywords: keywords.map(line).filter((word) => word !== ''),
  }
}

function isOfType(thing: Thing, form: RegExp): boolean {
  return [thing['@type']].flat().some((type) => typeof type === 'string' && form.test(type))
}

/** Names of people; a publisher that is named as the author is none. */
function authorsOf(article: Thing, byId: ReadonlyMap<unknown, Thing>): string {
  const publisher = nameOf(article['publisher'], byId)
  const authors = [article['author'] ?? article['creator']].flat()
  const names = authors.map((author) => {
    const thing = resolved(author, byId)
    const name = nameOf(thing, byId)
    const isPublisher = isThing(thing) && isOfType(thing, ORGANIZATION) && (publisher === '' || name === publisher)
    return isPublisher || /^https?:/i.test(name) ? '' : name
  })
  return [...new Set(names)].filter((name) => name !== '').join(', ')
}

function resolved(value: unknown, byId: ReadonlyMap<unknown, Thing>): unknown {
  return isThing(value) && value['name'] === undefined ? (byId.get(value['@id']) ?? value) : value
}

function nameOf(value: unknown, byId: ReadonlyMap<unknown, Thing>): string {
  const thing = resolved(value, byId)
  return line(isThing(thing) ? [thing['name']].flat()[0] : thing)
}

/** Systems write entities of HTML into their strings. */
function line(value: unknown): string {
  if (typeof value !== 'string') return ''
  return cleanLine(/[&<]/.test(value) ? htmlToText(value) : value)
}
