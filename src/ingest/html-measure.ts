import type { Document, Element, ParentNode } from 'domhandler'
import { attribute, isElement, walkTree } from './dom.ts'
import { type BoxKind, kindOfNames } from './html-names.ts'
import { isUnseen } from './html-text.ts'

/** What is known of an element. Blanks, unseen elements and furniture do not count. */
export interface Measure {
  /** Characters of text. */
  readonly length: number
  /** Those of them outside of links, labels and the like: what one reads, not what one clicks. */
  readonly prose: number
  /** Of the prose, what readers wrote: it stands in a box that is called so. */
  readonly comments: number
  /** How many h1 with words it holds. */
  readonly headings: number
  /** What its names say. */
  readonly kind: BoxKind | null
  /** Whether it is, or is inside of, an article or `main`. */
  readonly inSection: boolean
  /** Places in document order of the element and of the last one below it. */
  readonly first: number
  readonly last: number
  /** Its texts in `Page.texts`, from and up to. */
  readonly from: number
  readonly to: number
}

/** A page's elements, measured. What is not in `measures` is unseen, or the furniture around the content. */
export interface Page {
  readonly measures: ReadonlyMap<ParentNode, Measure>
  readonly whole: Measure
  /** The texts of the page that are not blank, in order. */
  readonly texts: readonly string[]
  readonly body: Element | null
  readonly mains: readonly Element[]
  readonly articles: readonly Element[]
  /** Each h1 with words. */
  readonly headings: readonly Element[]
}

/** A line this long is a sentence. */
export const SENTENCE_LENGTH_MIN = 80

/** Elements and roles around the content. `header`, `footer`, `aside` and `menu` are so outside of `article` and `main`. */
const AROUND = new Set(['nav', 'dialog', 'aside', 'menu', 'header', 'footer'])
const AROUND_ANYWHERE = new Set(['nav', 'dialog'])
const ROLES = new Set('navigation banner contentinfo search dialog alertdialog menu menubar toolbar'.split(' '))
/** Words in these are what one clicks, or the names of fields. */
const LINKS = new Set(['a', 'label', 'legend', 'option', 'button'])

/** Goes through a page once. */
export function measured(document: Document): Page {
  const measures = new Map<ParentNode, Measure>()
  const texts: string[] = []
  const mains: Element[] = []
  const articles: Element[] = []
  const headings: Element[] = []
  const starts: Measure[] = []
  let body: Element | null = null
  let [length, prose, comments, links, sections, commentBoxes, last] = [0, 0, 0, 0, 0, 0, 0]
  walkTree(
    document,
    (node) => {
      if (node.type === 'text') {
        const text = node.data.trim()
        if (text === '') return false
        texts.push(text)
        length += text.length
        if (links === 0) prose += text.length
        if (links === 0 && commentBoxes > 0) comments += text.length
      }
      if (!isElement(node)) return 'children' in node
      if (isUnseen(node) || isFurniture(node, sections > 0)) return false
      if (node.name === 'body') body ??= node
      if (isMain(node)) mains.push(node)
      if (node.name === 'article') articles.push(node)
      if (isMain(node) || node.name === 'article') sections++
      if (LINKS.has(node.name)) links++
      const kind = node.name === 'html' || node.name === 'body' ? null : kindOfNames(node)
      if (kind === 'comments') commentBoxes++
      last++
      starts.push({
        ...{ length, prose, comments, headings: headings.length, kind, inSection: sections > 0 },
        ...{ first: last, last, from: texts.length, to: texts.length },
      })
      return true
    },
    (element) => {
      const start = starts.pop()
      if (start === undefined) return
      if (element.name === 'h1' && length > start.length) headings.push(element)
      measures.set(element, {
        ...start,
        length: length - start.length,
        prose: prose - start.prose,
        comments: comments - start.comments,
        headings: headings.length - start.headings,
        last,
        to: texts.length,
      })
      if (start.kind === 'comments') commentBoxes--
      if (isMain(element) || element.name === 'article') sections--
      if (LINKS.has(element.name)) links--
    },
  )
  const whole: Measure = {
    ...{ length, prose, comments, headings: headings.length, kind: null, inSection: false },
    ...{ first: 0, last, from: 0, to: texts.length },
  }
  measures.set(document, whole)
  return { measures, whole, texts, body, mains, articles, headings }
}

export function isMain(element: Element): boolean {
  return element.name === 'main' || attribute(element, 'role') === 'main'
}

function isFurniture(element: Element, inSection: boolean): boolean {
  if (isMain(element)) return false
  const role = attribute(element, 'role')
  if (ROLES.has(role) || AROUND_ANYWHERE.has(element.name)) return true
  return !inSection && (AROUND.has(element.name) || role === 'complementary')
}

/** Characters of prose that readers did not write. */
export function ownProse({ prose, comments }: Measure): number {
  return prose - comments
}

/** By places in the document: going up from each element would be quadratic where they nest. */
export function isBelow(element: ParentNode, ancestor: ParentNode, { measures }: Page): boolean {
  const [inner, outer] = [measures.get(element), measures.get(ancestor)]
  return inner !== undefined && outer !== undefined && outer.first < inner.first && inner.last <= outer.last
}
