import { cleanLine } from './clean.ts'
import { prologOf } from './prolog.ts'
import { isNoindex, momentOf, PUBLIC, type Publication, publicationOf, type State } from './publication.ts'

/** The tag of the root element is looked for in so many characters. */
const ROOT_LENGTH_MAX = 4000

/** Records of WordPress and its extensions that are no texts of their own. */
const PARTS =
  /^(?:nav_menu_item|revision|wp_.*|custom_css|customize_changeset|oembed_cache|user_request|amp_validated_url|acf-.*|elementor_.*|jp_.*)$/
/** So much of a foreign kind's name is told. */
const TYPE_LENGTH_MAX = 40

/** Whether an XML feed is an export of WordPress (WXR), told by its namespace. */
export function isExport(text: string): boolean {
  const { end } = prologOf(text)
  const root = /^<[^>]*>/.exec(text.slice(end, end + ROOT_LENGTH_MAX))?.[0] ?? ''
  return /\bwordpress\.org\/export\//i.test(root)
}

/**
 * What an item of an export says: posts and pages that are published, without a password, are public. The date in `pubDate`
 * means nothing for drafts; a post planned ahead has its moment in `wp:post_date_gmt`.
 */
export function postPublication(entries: readonly (readonly [string, string])[]): Publication {
  const own = new Map(entries.map(([name, text]) => [name.replace(/^[\w.-]+:(?=status$|post_)/, ''), text]))
  const type = own.get('post_type') ?? 'post'
  const state = typeState(type) ?? statusState(own) ?? metaState(entries)
  if (state !== 'scheduled') return { ...PUBLIC, state, until: expiry(entries) }
  // an unset moment is written as zeros
  const from = momentOf(own.get('post_date_gmt')) ?? momentOf(own.get('post_date'))
  return from === null ? { ...PUBLIC, state } : { state: metaState(entries), from, until: expiry(entries) }
}

function typeState(type: string): State | null {
  if (type === 'post' || type === 'page') return null
  if (type === 'attachment') return 'attachment'
  return PARTS.test(type) ? 'part' : `type:${cleanLine(type).slice(0, TYPE_LENGTH_MAX)}`
}

function statusState(own: ReadonlyMap<string, string>): State | null {
  const status = own.get('status')?.toLowerCase() ?? 'publish'
  if (status === 'inherit' || status.startsWith('request-')) return 'part'
  if ((own.get('post_password') ?? '') !== '') return 'private'
  if (status === 'publish') return null
  // extensions have words of their own, all for what is not published yet
  return publicationOf([['status', status]], { place: 'feed' }).state ?? 'draft'
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
    if (/postmeta>[\w.-]+:meta_key$/.test(name)) key = text
    else if (/postmeta>[\w.-]+:meta_value$/.test(name)) yield [key, text]
  }
}
