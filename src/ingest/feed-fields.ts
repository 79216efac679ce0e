import { Parser } from 'htmlparser2'
import { FundstelleError } from '../errors.ts'

/** What an item of a feed has beside what every feed reader knows. */
export interface ItemFields {
  /** Where the item begins and ends in the text. */
  readonly start: number
  readonly end: number
  /** Names with their prefixes, in lower case, and short texts; of elements inside of elements as `outer>inner`. */
  readonly entries: readonly (readonly [string, string])[]
}

const ITEM = /^(?:[\w.-]+:)?(?:item|entry)$/
const HOLDER = /^(?:[\w.-]+:)?(?:channel|rss|rdf|feed)$/
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
  /** How many elements were open when the item began; null outside of items. */
  let outer: number | null = null
  let start = 0
  let entries: [string, string][] = []
  /** The texts of the elements of an item that are open, outermost first. */
  let texts: string[] = []
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (outer === null && ITEM.test(name) && HOLDER.test(open.at(-1) ?? '')) {
          outer = open.length
          start = parser.startIndex
          entries = []
          texts = []
        } else if (outer !== null && open.length <= outer + 2) {
          texts.push('')
          entries.push(...attributeEntries(name, attributes))
        }
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
      onclosetag(name) {
        open.pop()
        if (outer === null) return
        const level = open.length - outer
        if (level === 0) {
          items.push({ start, end: parser.endIndex + 1, entries })
          outer = null
        } else if (level <= 2) {
          const text = texts.pop()?.trim() ?? ''
          const path = level === 2 ? `${open.at(-1)}>${name}` : name
          if (text !== '') entries.push([path, text])
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
