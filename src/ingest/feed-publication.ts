import { feedFields, type ItemFields } from './feed-fields.ts'
import { isJsonFeed } from './feed-root.ts'
import { type Publication, publicationOf } from './publication.ts'
import { postPublication } from './wordpress.ts'

/** What an item says of its publication, and where it stands in the text. */
export interface ItemPublication extends Publication {
  readonly start: number
  readonly end: number
}

/** Entries of a blog of Blogger's that are none of its posts. */
const BLOGGER_KIND = /#kind$/
const BLOGGER_POST = /#(?:post|page)$/

/**
 * What each item of a feed says of its publication, in order. Dates of items are left alone: feeds announce events.
 * @throws FundstelleError `nested_too_deep`
 */
export function itemPublications(text: string): readonly ItemPublication[] {
  if (isJsonFeed(text)) return jsonItems(text).map((item) => ({ ...jsonPublication(item), start: 0, end: 0 }))
  return feedFields(text).map(({ start, end, ...item }) => {
    const publication = item.isExport ? postPublication(item) : xmlPublication(item)
    return { ...publication, start, end }
  })
}

/** The feed without the items that say anything of their publication. */
export function plainItemsOf(
  text: string,
  items: readonly ItemPublication[],
  isPlain: (index: number) => boolean,
): string {
  if (isJsonFeed(text)) {
    const feed = JSON.parse(text) as Record<string, unknown>
    const name = itemsName(feed)
    return JSON.stringify({ ...feed, [name]: jsonItems(text).filter((_, index) => isPlain(index)) })
  }
  const kept: string[] = []
  let at = 0
  for (const [index, { start, end }] of items.entries()) {
    if (isPlain(index)) continue
    kept.push(text.slice(at, start))
    at = end
  }
  kept.push(text.slice(at))
  return kept.join('')
}

function xmlPublication({ entries, isBroken }: Pick<ItemFields, 'entries' | 'isBroken'>): Publication {
  const kind = entries.find(([name]) => BLOGGER_KIND.test(name))?.[1]
  if (kind !== undefined && !BLOGGER_POST.test(kind)) return { state: 'part', from: null, until: null }
  // behind an element that nothing closes, all the rest stands inside of it
  const level = isBroken ? entries.map(([name, text]) => [name.replace(/^.*>/, ''), text] as const) : []
  return publicationOf([...entries, ...level].map(plainEntry), { place: 'feed' })
}

/** A field by its own name, without the prefix of its namespace. */
function plainEntry([name, text]: readonly [string, string]): [string, string] {
  if (/^(?:itunes|googleplay):block$/.test(name)) return ['noindex', text]
  if (/^(?:[\w.-]+:)?control>(?:[\w.-]+:)?draft$/.test(name)) return ['draft', text]
  // what is inside of other elements speaks of them: of an author, a picture, the feed an item was taken from
  return [name.includes('>') ? '' : name.replace(/^[\w.-]+:/, ''), text]
}

function jsonPublication(item: unknown): Publication {
  const entries = typeof item === 'object' && item !== null ? Object.entries(item) : []
  return publicationOf(entries, { place: 'feed' })
}

function jsonItems(text: string): readonly unknown[] {
  try {
    const feed = JSON.parse(text) as Record<string, unknown>
    const items = feed[itemsName(feed)]
    return items === undefined || items === null ? [] : [items].flat()
  } catch {
    // told by whoever reads the feed itself
    return []
  }
}

/** Whose case does not matter to those who read feeds. */
function itemsName(feed: Readonly<Record<string, unknown>>): string {
  if (Object.hasOwn(feed, 'items')) return 'items'
  return Object.keys(feed).find((name) => name.toLowerCase() === 'items') ?? 'items'
}
