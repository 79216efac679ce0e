import { Parser } from 'htmlparser2'
import { FundstelleError } from '../errors.ts'

/** What an item of a feed has beside what every feed reader knows. */
export interface ItemFields {
  /** Where the item begins and ends in the text. */
  readonly start: number
  readonly end: number
  /**
   * Names with their prefixes, in lower case, and short texts; of elements inside of elements as `outer>inner`. Elements of
   * WordPress's export have the prefix `wp` whatever it is in the file, no others have it, and they are there when empty, too.
   */
  readonly entries: readonly (readonly [string, string])[]
  /** Whether the namespace of WordPress's export is declared for the item or in it. */
  readonly isExport: boolean
  /** Whether an element is never closed, so that those after it stand inside of it. */
  readonly isBroken: boolean
}

const ITEM = /^(?:[\w.-]+:)?(?:item|entry)$/
const HOLDER = /^(?:[\w.-]+:)?(?:channel|rss|rdf|feed)$/
const EXPORT_NAMESPACE = /^\s*https?:\/\/(?:www\.)?wordpress\.org\/export\//i
/** So much of a field's text is kept: states and dates are short. */
const TEXT_LENGTH_MAX = 500
/** The parser looks through all open elements for each end tag. */
const DEPTH_MAX = 2000

/**
 * The fields of the items of an XML feed, in order, whatever their names. Linear in the length of the text.
 * @throws FundstelleError `nested_too_deep`
 */
export function feedFields(xml: string): readonly ItemFields[] {
  const items: ItemFields[] = []
  const open: string[] = []
  /** For each open element the prefixes of WordPress's namespace, `''` where it needs none. */
  const prefixes: ReadonlySet<string>[] = []
  let isExport = false
  /** Where the last element inside of the item ended. */
  let innerEnd = -1
  /** How many elements were open when the item began; null outside of items. */
  let outer: number | null = null
  let start = 0
  let entries: [string, string][] = []
  /** The texts of the elements of an item that are open, outermost first. */
  let texts: string[] = []
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        const bound = declaredIn(attributes, prefixes.at(-1) ?? NO_PREFIXES)
        const name = exportName(tag, bound)
        prefixes.push(bound)
        if (outer === null && ITEM.test(name) && HOLDER.test(open.at(-1) ?? '')) {
          outer = open.length
          start = parser.startIndex
          entries = []
          texts = []
          isExport = bound.size > 0
          innerEnd = -1
        } else if (outer !== null && open.length <= outer + 2) {
          texts.push('')
          entries.push(...attributeEntries(name, attributes))
        }
        if (outer !== null && name.startsWith('wp:')) isExport = true
        open.push(name)
        if (open.length <= DEPTH_MAX) return
        const what = { de: 'XML-Elemente', en: 'XML elements' }
        throw new FundstelleError('nested_too_deep', { what, max: DEPTH_MAX })
      },
      ontext(data) {
        const level = outer === null ? 0 : open.length - outer - 1
        const text = texts[level - 1]
        if (level < 1 || level > 2 || text === undefined || text.length >= TEXT_LENGTH_MAX) return
        texts[level - 1] = (text + data).slice(0, TEXT_LENGTH_MAX)
      },
      onclosetag() {
        const name = open.pop() ?? ''
        prefixes.pop()
        if (outer === null) return
        const level = open.length - outer
        if (level === 0) {
          // what only the end of the item closes was never closed itself
          items.push({ start, end: parser.endIndex + 1, entries, isExport, isBroken: innerEnd === parser.endIndex })
          outer = null
          return
        }
        innerEnd = parser.endIndex
        if (level <= 2) {
          const text = texts.pop()?.trim() ?? ''
          const path = level === 2 ? `${open.at(-1)}>${name}` : name
          if (text !== '' || name.startsWith('wp:')) entries.push([path, text])
        }
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  parser.end(xml)
  return items
}

/** What stands in attributes: `<category scheme= term=>`, `<meta name="robots" content=>`. */
function attributeEntries(name: string, attributes: Readonly<Record<string, string>>): [string, string][] {
  const { content, scheme, term } = attributes
  if (/(?:^|:)meta$/.test(name) && content !== undefined) return [[attributes['name'] ?? '', content]]
  return name.endsWith('category') && term !== undefined ? [[`category ${scheme ?? ''}`, term]] : []
}

const NO_PREFIXES: ReadonlySet<string> = new Set()

/** The prefixes of WordPress's namespace inside of an element with these attributes. */
function declaredIn(attributes: Readonly<Record<string, string>>, outer: ReadonlySet<string>): ReadonlySet<string> {
  let bound: Set<string> | null = null
  for (const [name, value] of Object.entries(attributes)) {
    if (!/^xmlns(?::|$)/.test(name)) continue
    const prefix = name.slice('xmlns:'.length)
    bound ??= new Set(outer)
    if (EXPORT_NAMESPACE.test(value)) bound.add(prefix)
    else bound.delete(prefix)
  }
  return bound ?? outer
}

function exportName(tag: string, bound: ReadonlySet<string>): string {
  const colon = tag.indexOf(':')
  const local = tag.slice(colon + 1)
  const prefix = colon < 0 ? '' : tag.slice(0, colon)
  if (bound.has(prefix) && !ITEM.test(local) && !HOLDER.test(local)) return `wp:${local}`
  return prefix === 'wp' ? local : tag
}
