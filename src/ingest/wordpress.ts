import { cleanLine } from './clean.ts'
import type { ItemFields } from './feed-fields.ts'
import { PUBLIC, type Publication, publicationOf } from './publication.ts'
import { isNoindex, momentOf } from './publication-values.ts'
import type { State } from './publication-words.ts'

/** Records of WordPress and its extensions that are no texts of their own. */
const PARTS =
  /^(?:nav_menu_item|revision|wp_.*|custom_css|customize_changeset|oembed_cache|user_request|amp_validated_url|acf-.*|elementor_.*|jp_.*)$/
/** So much of a foreign kind's name is told. */
const TYPE_LENGTH_MAX = 40

/**
 * What an item of an export says: posts and pages that are published, without a password, are public. The date in `pubDate`
 * means nothing for drafts; a post planned ahead has its moment in `wp:post_date_gmt`.
 */
export function postPublication({ entries, isBroken }: Pick<ItemFields, 'entries' | 'isBroken'>): Publication {
  // the first value counts, as in WordPress's own importer
  const own = new Map([...entries].reverse())
  const type = own.get('wp:post_type') || 'post'
  const said = typeState(type) ?? statusState(entries) ?? passwordState(own) ?? seoState(metaOf(entries))
  // what stands behind an element that nothing closes may say that it is none
  const state = isBroken && (said === null || said === 'scheduled') ? 'draft' : said
  if (state !== 'scheduled') return { ...PUBLIC, state, until: expiry(entries) }
  // an unset moment is written as zeros
  const from = momentOf(own.get('wp:post_date_gmt')) ?? momentOf(own.get('wp:post_date'))
  return from === null ? { ...PUBLIC, state } : { state: seoState(metaOf(entries)), from, until: expiry(entries) }
}

function typeState(type: string): State | null {
  if (type === 'post' || type === 'page') return null
  return partState(type) ?? `type:${cleanLine(type).slice(0, TYPE_LENGTH_MAX)}`
}

/** The state of records that are no texts, by their kind; null for other kinds. */
function partState(type: string): State | null {
  if (type === 'attachment') return 'attachment'
  return PARTS.test(type) ? 'part' : null
}

/** The first status that hides it. One that is empty, missing or somewhere else does so: only `publish` is public. */
function statusState(entries: readonly (readonly [string, string])[]): State | null {
  const stated = entries.filter(([name]) => name === 'wp:status').map(([, text]) => text.toLowerCase())
  return stateOfStatus(stated.find((word) => word !== 'publish') ?? stated[0] ?? '')
}

/** @param status in lower case */
function stateOfStatus(status: string): State | null {
  if (status === 'publish') return null
  if (status === 'inherit' || status.startsWith('request-')) return 'part'
  // extensions have words of their own, all for what is not published yet
  return publicationOf([['status', status]], { place: 'feed' }).state ?? 'draft'
}

function passwordState(own: ReadonlyMap<string, string>): State | null {
  return (own.get('wp:post_password') ?? '') === '' ? null : 'private'
}

/**
 * What a row of the table of posts says, or a record of the REST interface. Other kinds than posts and pages are articles here: whoever asked for
 * them wants them. A post planned ahead has its moment in the date that is in UTC.
 * @param row by plain names
 */
export function rowPublication(row: ReadonlyMap<string, unknown>): Partial<Publication> {
  const word = (...names: string[]): string =>
    names.map((name) => String(row.get(name) ?? '').trim()).find((text) => text !== '') ?? ''
  const meta = row.get('meta')
  const fields = [...row, ...(typeof meta === 'object' && meta !== null ? Object.entries(meta) : [])]
  const seo = seoState(fields.map(([name, value]) => [name, [value].flat().join(' ')] as const))
  const stated = partState(word('posttype', 'type')) ?? stateOfStatus(word('poststatus', 'status').toLowerCase())
  const state = stated ?? (ROBOTS_META.test(word('yoasthead')) ? 'noindex' : null) ?? seo
  if (state !== 'scheduled') return { state }
  const from = momentOf(word('postdategmt', 'dategmt')) ?? momentOf(word('postdate', 'date'))
  return from === null ? { state } : { state: seo, from }
}

/** The element that keeps a page out of indexes. */
const ROBOTS_META = /<meta\s[^<>]{0,200}name=["']robots["'][^<>]{0,200}noindex/i

/** What extensions for search engines keep out of indexes. Names of fields may be plain ones. */
function seoState(meta: Iterable<readonly [string, string]>): State | null {
  for (const [key, value] of meta) {
    if (/^_?(?:yoast_?wpseo_?meta-?robots-?noindex|genesis_?noindex)$/.test(key) && value === '1') return 'noindex'
    if (/^rank_?math_?robots$/.test(key) && isNoindex(value.replace(/[^a-z]+/gi, ' '))) return 'noindex'
    if (/^_?seopress_?robots_?index$/.test(key) && value === 'yes') return 'noindex'
    if (/^_?aioseop?_?(?:robots_?)?noindex$/.test(key) && /^(?:on|1|true)$/i.test(value)) return 'noindex'
  }
  return null
}

/** When the extension PublishPress Future takes a post back, in seconds since 1970. */
function expiry(entries: readonly (readonly [string, string])[]): number | null {
  const meta = new Map(metaOf(entries))
  return meta.get('_expiration-date-status') === 'saved' ? momentOf(meta.get('_expiration-date')) : null
}

/** Pairs of `wp:postmeta`: the elements of one stand one after the other. */
function* metaOf(entries: readonly (readonly [string, string])[]): Generator<[string, string]> {
  let key = ''
  for (const [name, text] of entries) {
    if (name === 'wp:postmeta>wp:meta_key') key = text
    else if (name === 'wp:postmeta>wp:meta_value') yield [key, text]
  }
}
