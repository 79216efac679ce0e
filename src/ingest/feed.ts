import { createHash } from 'node:crypto'
import { FundstelleError } from '../errors.ts'
import { cleanText, paragraphs } from './clean.ts'
import { type FeedContent, type FeedItem, feedContent } from './feed-items.ts'
import { type ItemPublication, itemPublications, plainItemsOf } from './feed-publication.ts'
import { beginningOf, isJsonFeed, isXmlFeed } from './feed-root.ts'
import { fieldsFrom } from './fields.ts'
import { type JsonFault, jsonFault } from './json-fault.ts'
import { readingOf, unpublished } from './make.ts'
import { prologOf } from './prolog.ts'
import { isPublic, PUBLIC } from './publication.ts'
import type { Reader, RefusalReading } from './reader.ts'

/** RSS 2.0 and 1.0 and Atom in files that say so: one article an item. */
export const feedReader: Reader = {
  name: 'feed',
  extensions: ['.rss', '.atom'],
  markup: true,
  *read({ path, text }) {
    let feed: FeedContent
    let publications: readonly ItemPublication[]
    try {
      const plain = withoutDoctype(text)
      feed = feedContent(plain)
      publications = itemPublications(plain)
      if (publications.length !== feed.items.length) {
        // items that the library passes over: which is which can no longer be told, so only those that say nothing are read
        const said = publications.filter((one) => !isPublic(one))
        const refusal = refusalOf(text, null)
        for (const { state } of said) yield unpublished(state ?? 'hidden', () => refusal)
        const isPlain = (index: number): boolean => isPublic(publications[index] ?? PUBLIC)
        if (said.length > 0) feed = feedContent(plainItemsOf(plain, publications, isPlain))
        publications = []
      }
    } catch (error) {
      yield refusalOf(text, error)
      return
    }
    const ids = new Map<string, number>()
    const lines = itemLines(text, feed.items.length)
    for (const [index, item] of feed.items.entries()) {
      const fields = fieldsFrom([
        ['url', item.url],
        ['date', item.date],
        ['language', item.language],
        ['author', item.authors],
        ['tags', item.tags],
        ['feed', feed.title || null],
        ['description', item.description || null],
      ])
      const id = item.id?.trim() || item.url?.trim()
      if (id) fields.id = id
      fields.title = item.title
      fields.text = paragraphs([item.text])
      yield readingOf(fields, `${path}#${markOf(item, ids)}`, lines[index] ?? 1, publications[index])
    }
  },
}

/** The same in XML and JSON files, where they are recognised: others of these endings are none of our business. */
export const embeddedFeedReader: Reader = {
  ...feedReader,
  extensions: ['.xml', '.rdf', '.json'],
  recognises: (text) => isXmlFeed(text) || isJsonFeed(text),
}

/** Entities of a document type are never resolved: they can name other files, or grow without measure. */
function withoutDoctype(text: string): string {
  const [start, end] = text.trimStart().startsWith('<') ? prologOf(text).doctype : [0, 0]
  return text.slice(0, start) + text.slice(end)
}

/** What an item without an id or address is called: the same wherever in the feed it comes to stand. */
function markOf({ title, date, text }: FeedItem, seen: Map<string, number>): string {
  const words = cleanText([title || text, date ?? ''].join('\n'))
  const mark = createHash('sha256').update(words).digest('hex').slice(0, 12)
  const count = (seen.get(mark) ?? 0) + 1
  seen.set(mark, count)
  return count === 1 ? mark : `${mark}-${count}`
}

function refusalOf(text: string, cause: unknown): RefusalReading {
  const { reason, line } = faultOf(text)
  return { kind: 'refusal', error: new FundstelleError('feed_broken', { reason }, { cause }), line }
}

function faultOf(text: string): Pick<JsonFault, 'reason' | 'line'> {
  if (text.trimStart().startsWith('{')) {
    try {
      JSON.parse(text)
    } catch (error) {
      return jsonFault(text, error)
    }
  }
  if (isXmlFeed(text) || isJsonFeed(text)) {
    const reason = {
      de: 'kein Titel und kein Eintrag darin, oder er bricht mittendrin ab',
      en: 'no title and no item in it, or it breaks off',
    }
    return { reason, line: null }
  }
  const got = beginningOf(text)
  const reason = {
    de: `er beginnt mit „${got}“; erwartet wird RSS (<rss>, <rdf:RDF>), Atom (<feed>) oder JSON Feed`,
    en: `it begins with “${got}”; expected RSS (<rss>, <rdf:RDF>), Atom (<feed>) or JSON Feed`,
  }
  return { reason, line: null }
}

/** The lines on which items begin; empty where that cannot be told, as in JSON or where a comment holds an item. */
function itemLines(text: string, count: number): number[] {
  const lines: number[] = []
  let line = 1
  let from = 0
  for (const match of text.matchAll(/<(?:[\w-]+:)?(?:item|entry)[\s>]/gi)) {
    for (let at = text.indexOf('\n', from); at >= 0 && at < match.index; at = text.indexOf('\n', at + 1)) line++
    from = match.index
    lines.push(line)
  }
  return lines.length === count ? lines : []
}
