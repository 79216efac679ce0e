import { FundstelleError, reasonOf } from '../errors.ts'
import { paragraphs } from './clean.ts'
import { type FeedContent, feedContent } from './feed-items.ts'
import { isJsonFeed, isXmlFeed } from './feed-root.ts'
import { fieldsFrom } from './fields.ts'
import { readingOf } from './make.ts'
import type { Reader } from './reader.ts'

/** RSS 2.0 and 1.0 and Atom in files that say so: one article an item. */
export const feedReader: Reader = {
  name: 'feed',
  extensions: ['.rss', '.atom'],
  markup: true,
  *read({ path, text }) {
    let feed: FeedContent
    try {
      feed = feedContent(text)
    } catch (error) {
      yield { kind: 'refusal', error: new FundstelleError('feed_broken', { reason: reasonOf(error) }), line: null }
      return
    }
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
      yield readingOf(fields, `${path}#${index + 1}`, lines[index] ?? 1)
    }
  },
}

/** The same in XML and JSON files, where they are recognised: others of these endings are none of our business. */
export const embeddedFeedReader: Reader = {
  ...feedReader,
  extensions: ['.xml', '.rdf', '.json'],
  recognises: (text) => isXmlFeed(text) || isJsonFeed(text),
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
