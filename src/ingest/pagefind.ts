import type { Document, Element, Text } from 'domhandler'
import { type StructuredText, structuredText } from './blocks.ts'
import { cleanLine } from './clean.ts'
import { attribute, isElement, walkTree } from './dom.ts'
import { addMeta, type Fields, fieldOf, fieldsFrom, wholeNumber } from './fields.ts'
import { blocksBelow, isCode, isUnseen } from './html-text.ts'

/** Marks of Pagefind in a page: pages made for it work unchanged. */
export interface PagefindMarks {
  /** The outermost elements with `data-pagefind-body`; several of them join. */
  readonly bodies: readonly Element[]
  /** By `data-pagefind-meta`, `-sort`; the first of a name counts. */
  readonly meta: ReadonlyMap<string, string>
  /** By `data-pagefind-filter`: a name may have several values. */
  readonly filters: ReadonlyMap<string, readonly string[]>
  /** Marks of what is to be ignored leave nothing of the page. */
  readonly isAllIgnored: boolean
}

/** What Pagefind never reads. */
const SKIPPED = new Set('head style script noscript label form svg footer nav iframe template'.split(' '))
/** Words of Pagefind's own language of filters. */
const RESERVED = new Set(['any', 'all', 'none', 'not'])
/** A page has no more marks, a mark no longer value, an element marked as one no longer text. */
const MARKS_MAX = 500
const VALUE_LENGTH_MAX = 2000

/**
 * Reads the marks of a page, and empties the texts marked `data-pagefind-ignore`; what such an element says of the page still
 * counts, but for that of `all`.
 */
export function takePagefindMarks(document: Document): PagefindMarks {
  const bodies: Element[] = []
  const said: {
    readonly name: string
    readonly value: string
    readonly kind: 'meta' | 'default' | 'filter' | 'sort'
  }[] = []
  const ignored: { data: string }[] = []
  let [bodyDepth, ignoreDepth, allDepth, count, restLength] = [0, 0, 0, 0, 0]
  walkTree(
    document,
    (node) => {
      if (node.type === 'text') {
        if (ignoreDepth > 0) ignored.push(node)
        else if (!isInCode(node)) restLength += node.data.trim().length
      }
      if (!isElement(node)) return 'children' in node
      if (isMarked(node, 'body') && bodyDepth++ === 0) bodies.push(node)
      if (isMarked(node, 'ignore')) {
        ignoreDepth++
        // `index` is the default; whatever else it says means all
        if (!['', 'index'].includes(attribute(node, 'data-pagefind-ignore'))) allDepth++
      }
      if (allDepth > 0) return true
      for (const [kind, name] of KINDS) {
        const value = node.attribs[name]
        if (value === undefined || count++ >= MARKS_MAX) continue
        for (const [key, word] of pairsOf(node, value.slice(0, VALUE_LENGTH_MAX)))
          if (key !== '' && word !== '') said.push({ kind, name: key, value: word })
      }
      return true
    },
    (element) => {
      if (isMarked(element, 'body')) bodyDepth--
      if (!isMarked(element, 'ignore')) return
      ignoreDepth--
      if (!['', 'index'].includes(attribute(element, 'data-pagefind-ignore'))) allDepth--
    },
  )
  const isAllIgnored = restLength === 0 && ignored.some(({ data }) => data.trim() !== '')
  for (const text of ignored) text.data = ''
  const meta = new Map<string, string>()
  for (const wanted of ['meta', 'default', 'sort'] as const)
    for (const { kind, name, value } of said) if (kind === wanted && !meta.has(name)) meta.set(name, value)
  const filters = new Map<string, string[]>()
  for (const { kind, name, value } of said)
    if (kind === 'filter' && !RESERVED.has(name)) filters.set(name, [...new Set([...(filters.get(name) ?? []), value])])
  return { bodies, meta, filters, isAllIgnored }
}

const isInCode = ({ parentNode }: Text): boolean => parentNode !== null && isElement(parentNode) && isCode(parentNode)

const KINDS = [
  ['meta', 'data-pagefind-meta'],
  ['default', 'data-pagefind-default-meta'],
  ['filter', 'data-pagefind-filter'],
  ['sort', 'data-pagefind-sort'],
] as const

function isMarked(element: Element, mark: 'body' | 'ignore'): boolean {
  return element.attribs[`data-pagefind-${mark}`] !== undefined
}

/** `key` stands for the element's text, `key[attribute]` for an attribute, `key: value` for the rest of what is written. */
function* pairsOf(element: Element, value: string): Generator<readonly [string, string]> {
  let rest = value
  while (rest.trim() !== '') {
    const at = rest.search(/[,:[]/)
    const key = (at < 0 ? rest : rest.slice(0, at)).trim()
    const mark = rest[at]
    if (mark === ':') {
      yield [key, cleanLine(rest.slice(at + 1))]
      return
    }
    if (mark === '[') {
      const close = rest.indexOf(']', at)
      yield [key, cleanLine(element.attribs[rest.slice(at + 1, close < 0 ? undefined : close).trim()] ?? '')]
      if (close < 0) return
      rest = rest.slice(close + 1).replace(/^\s{0,9},/, '')
      continue
    }
    yield [key, shortText(element)]
    rest = at < 0 ? '' : rest.slice(at + 1)
  }
}

function shortText(element: Element): string {
  const words: string[] = []
  let length = 0
  walkTree(element, (node) => {
    if (length > VALUE_LENGTH_MAX || (isElement(node) && isUnseen(node))) return false
    if (node.type === 'text') {
      words.push(node.data)
      length += node.data.length
    }
    return true
  })
  return cleanLine(words.join('')).slice(0, VALUE_LENGTH_MAX)
}

/** The text of the bodies: all of it but what Pagefind never reads, for its owner has said what belongs to it. */
export function textOfBodies(bodies: readonly Element[], heading: Element | null): StructuredText {
  const skip = (element: Element): boolean => element === heading || SKIPPED.has(element.name) || isUnseen(element)
  return structuredText(bodies.flatMap((body) => blocksBelow(body, skip)))
}

/** Fields that the page itself tells better. */
const OWN = new Set(['id', 'title', 'text', 'url'])

/** Adds what the marks say: fields by their names, all else as `meta`, filters as lists that one can count by. */
export function addMarks(fields: Fields, { meta, filters }: PagefindMarks): void {
  const known = [...meta, ...filters].filter(([name]) => !OWN.has(fieldOf(name) ?? ''))
  const { meta: further, tags, ...found } = fieldsFrom(known)
  Object.assign(fields, found)
  fields.tags = [...new Set([...fields.tags, ...tags])]
  for (const [name, value] of Object.entries(further))
    addMeta(fields.meta, name, typeof value === 'string' ? wholeNumber(value) : value)
}
