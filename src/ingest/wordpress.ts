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
  const said = typeState(type) ?? statusState(entries) ?? passwordState(own) ?? metaState(entries)
  // what stands behind an element that nothing closes may say that it is none
  const state = isBroken && (said === null || said === 'scheduled') ? 'draft' : said
  if (state !== 'scheduled') return { ...PUBLIC, state, until: expiry(entries) }
  // an unset moment is written as zeros
  const from = momentOf(own.get('wp:post_date_gmt')) ?? momentOf(own.get('wp:post_date'))
  return from === null ? { ...PUBLIC, state } : { state: metaState(entries), from, until: expiry(entries) }
}

function typeState(type: string): State | null {
  if (type === 'post' || type === 'page') return null
  if (type === 'attachment') return 'attachment'
  return PARTS.test(type) ? 'part' : `type:${cleanLine(type).slice(0, TYPE_LENGTH_MAX)}`
}

/** The first status that hides it. One that is empty, missing or somewhere else does so: only `publish` is public. */
function statusState(entries: readonly (readonly [string, string])[]): State | null {
  const stated = entries.filter(([name]) => name === 'wp:status').map(([, text]) => text.toLowerCase())
  const status = stated.find((word) => word !== 'publish') ?? stated[0] ?? ''
  if (status === 'publish') return null
  if (status === 'inherit' || status.startsWith('request-')) return 'part'
  // extensions have words of their own, all for what is not published yet
  return publicationOf([['status', status]], { place: 'feed' }).state ?? 'draft'
}

function passwordState(own: ReadonlyMap<string, string>): State | null {
  return (own.get('wp:post_password') ?? '') === '' ? null : 'private'
}

/** What extensions for search engines keep out of indexes. */
function metaState(entries: readonly (readonly [string, string])[]): State | null {
  for (const [key, value] of metaOf(entries)) {
    if (/^(?:_yoast_wpseo_meta-robots-noindex|_genesis_noindex)$/.test(key) && value === '1') return 'noindex'
    if (key === 'rank_math_robots' && isNoindex(value.replace(/[^a-z]+/gi, ' '))) return 'noindex'
    if (key === '_seopress_robots_index' && value === 'yes') return 'noindex'
    if (/^_aioseop?_(?:robots_)?noindex$/.test(key) && /^(?:on|1|true)$/i.test(value)) return 'noindex'
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
