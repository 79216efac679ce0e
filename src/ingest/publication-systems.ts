import { unwrapped } from './nested-fields.ts'
import { plainKey } from './plain-key.ts'
import { isPublic, PUBLIC, type Publication, publicationOf } from './publication.ts'
import { momentOf, truthOf } from './publication-values.ts'
import type { State } from './publication-words.ts'
import { rowPublication } from './wordpress.ts'

/**
 * Tables of content management systems, whose columns mean something only together: `hidden` and `endtime` are TYPO3's beside
 * `uid` and `pid`, and anything elsewhere.
 */
interface System {
  /** Columns that a row must have, in one of these sets. Values may be empty. */
  readonly columns: readonly (readonly string[])[]
  /** Where the columns alone do not tell: whether the values do. */
  fits?(row: Row): boolean
  read(row: Row): Partial<Publication>
}

/** Values by plain names, empty ones included. */
type Row = ReadonlyMap<string, unknown>

const TYPO3: System = {
  columns: [
    ['uid', 'pid', 'hidden'],
    ['uid', 'pid', 'deleted'],
    ['uid', 'pid', 'starttime', 'endtime'],
  ],
  read: (row) => ({
    state: firstOf(
      isSet(row, 'deleted') && 'deleted',
      isSet(row, 'hidden') && 'hidden',
      // a version of an editor's workspace
      (/^[1-9]\d*$/.test(wordOf(row, 't3verwsid')) || wordOf(row, 'pid') === '-1') && 'draft',
      // -1 and 0 are everybody; groups are numbers
      String(row.get('fegroup') ?? '')
        .split(',')
        .some((group) => /^\s*(?:-2|[1-9]\d*)\s*$/.test(group)) && 'private',
      isSet(row, 'nosearch') && 'noindex',
    ),
    from: secondsOf(row.get('starttime')),
    until: secondsOf(row.get('endtime')),
  }),
}

const CONTAO: System = {
  columns: [
    ['tstamp', 'published', 'start', 'stop'],
    ['published', 'start', 'stop'],
  ],
  fits: (row) =>
    row.has('tstamp') ||
    (['', '0', '1'].includes(wordOf(row, 'published')) &&
      ['start', 'stop'].every((column) => /^\d*$/.test(wordOf(row, column)))),
  read: (row) => ({
    state: firstOf(
      !isSet(row, 'published') && 'draft',
      isSet(row, 'protected') && 'private',
      isSet(row, 'nosearch') && 'noindex',
    ),
    from: secondsOf(row.get('start')),
    until: secondsOf(row.get('stop')),
  }),
}

const DRUPAL: System = {
  columns: [
    ['nid', 'status'],
    ['drupalinternalnid', 'status'],
  ],
  read: (row) => ({ state: truthOf(row.get('status')) === false ? 'draft' : null }),
}

const NEOS: System = {
  columns: [
    ['nodetype', 'workspace'],
    ['nodetypename', 'workspacename'],
  ],
  read: (row) => ({
    state: firstOf(
      !['live', ''].includes(String(row.get('workspace') ?? row.get('workspacename') ?? '')) && 'draft',
      (isSet(row, 'hidden') || isSet(row, 'disabled')) && 'hidden',
    ),
    from: momentOf(row.get('hiddenbeforedatetime')),
    until: momentOf(row.get('hiddenafterdatetime')),
  }),
}

/** A post that went out as a newsletter only. */
const GHOST: System = {
  columns: [['status', 'visibility', 'slug']],
  read: (row) => ({ state: row.get('status') === 'sent' ? 'private' : null }),
}

/** An entry that was never published has no such moment; in a table its cell is empty. */
const STRAPI: System = {
  columns: [
    ['createdat', 'publishedat'],
    ['updatedat', 'publishedat'],
    ['documentid', 'publishedat'],
  ],
  read: (row) => ({
    state:
      isEmpty(row, 'publishedat') && ['createdat', 'updatedat', 'documentid'].some((column) => !isEmpty(row, column))
        ? 'draft'
        : null,
  }),
}

/** Its table of posts, and records of its REST interface. */
const WORDPRESS: System = {
  columns: [
    ['posttype', 'poststatus'],
    ['type', 'status', 'dategmt', 'slug'],
  ],
  read: rowPublication,
}

/** Sanity keeps drafts beside what is published, and versions of releases to come. */
const SANITY: System = {
  columns: [['id', 'type']],
  fits: (row) => typeof row.get('id') === 'string' && /^(?:drafts|versions)\./.test(row.get('id') as string),
  read: () => ({ state: 'draft' }),
}

/** Exports of Contentful have all entries; what its delivery API gives out has no `version` and is published. */
const CONTENTFUL: System = {
  columns: [['sys']],
  fits: (row) => (row.get('sys') as Sys | null)?.type === 'Entry',
  read: (row) => {
    const { archivedVersion, publishedVersion, version } = row.get('sys') as Sys
    if (archivedVersion !== undefined && archivedVersion !== null) return { state: 'hidden' }
    return { state: version !== undefined && (publishedVersion ?? null) === null ? 'draft' : null }
  },
}

interface Sys {
  readonly type?: unknown
  readonly version?: unknown
  readonly publishedVersion?: unknown
  readonly archivedVersion?: unknown
}

const SYSTEMS = [SANITY, CONTENTFUL, TYPO3, CONTAO, DRUPAL, NEOS, GHOST, STRAPI, WORDPRESS]

/** What a line or row of data says: by its own fields, and by those of a system where it has that system's columns. */
export function recordPublication(entries: readonly (readonly [string, unknown])[]): Publication {
  const generic = publicationOf(entries, { place: 'record' })
  if (generic.state !== null) return generic
  const row = new Map(entries.map(([name, value]) => [plainKey(name), unwrapped(value)]))
  const attributes = row.get('attributes')
  // JSON:API and Strapi keep an entry's fields one level below
  if (typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes))
    for (const [name, value] of Object.entries(attributes)) row.set(plainKey(name), unwrapped(value))
  const system = SYSTEMS.find(
    ({ columns, fits }) =>
      columns.some((set) => set.every((column) => row.has(column))) && (fits === undefined || fits(row)),
  )
  if (system === undefined) return generic
  const said = { ...PUBLIC, ...system.read(row) }
  return isPublic(said)
    ? generic
    : { state: said.state, from: said.from ?? generic.from, until: said.until ?? generic.until }
}

/** What databases keep as seconds since 1970, however few: 0 is none. Exports may write a date instead. */
function secondsOf(value: unknown): number | null {
  const text = String(value ?? '').trim()
  if (!/^\d{1,11}$/.test(text)) return momentOf(value)
  return Number(text) === 0 ? null : Number(text) * 1000
}

function isEmpty(row: Row, column: string): boolean {
  const value = row.get(column) ?? ''
  return typeof value === 'string' && ['', 'null'].includes(value.trim().toLowerCase())
}

const wordOf = (row: Row, column: string): string => String(row.get(column) ?? '').trim()

function isSet(row: Row, column: string): boolean {
  return truthOf(row.get(column)) === true
}

function firstOf(...states: readonly (State | false)[]): State | null {
  return states.find((state) => state !== false) || null
}
