import type { Element, ParentNode } from 'domhandler'
import { attribute, isElement, walkTree } from './dom.ts'
import { boxesBesideCore, isWithoutSentence } from './html-core.ts'
import { headingsOf } from './html-headings.ts'
import { isBelow, isMain, type Measure, type Page } from './html-measure.ts'
import type { BoxKind } from './html-names.ts'
import { isDateline, isTailLine, tailOf } from './html-tails.ts'
import { areTeasers } from './html-teasers.ts'

/** From this share of the root's prose on a box is content, whatever it is called; … */
const CONTENT_SHARE_MIN = { consent: 0.75, comments: 0.3, never: 0.25, beside: 0.5, around: 0.3, links: 0.3 }
/** … below it one that may be content is so with this much prose, or this share of the root's, … */
const PROSE_MIN = { around: 400, links: 120 }
const PROSE_SHARE_MIN = { around: 0.1, links: 0.05 }
/** … unless this share of its characters is in links. */
const LINKED_SHARE_MIN = { around: 0.4, links: 0.5 }
/** A box of links has so large a share of them, and less prose than this. */
const LIST_LINKED_SHARE_MIN = 0.6
const LIST_PROSE_MAX = 80
/** A form with fewer characters of prose is only its fields; some systems put the whole page into one. */
const FORM_PROSE_MIN = 150
/** Captions tell of pictures, which nobody sees in a text; where they are this share of the prose they are the text. */
const CAPTION_SHARE_MAX = 0.3
/** Teasers with this share of the prose are what a page is made of. */
const TEASERS_SHARE_MAX = 0.35
/** What readers wrote, and what asks for leave, is left out where so much prose is left without it. */
export const REST_PROSE_MIN = 100
/** What follows a text has at most these shares of the root's text and prose. */
const TAIL_SHARE_MAX = 0.5
const TAIL_PROSE_SHARE_MAX = 0.35
/** Lines that file an article are no longer, and of no more texts. */
const LINE_LENGTH_MAX = 400
const LINE_TEXTS_MAX = 40
/** Elements that are content inside of an article, unless they are a list of links. */
const ASIDES = new Set(['aside', 'menu', 'complementary'])
const LISTS = new Set(['div', 'ul', 'ol', 'dl', 'section', 'table', 'footer', 'header'])
const TITLES = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'p',
  'div',
  'span',
  'strong',
  'b',
  'dt',
  'legend',
  'a',
  'label',
  'header',
  'li',
  'em',
  'i',
  'small',
  'time',
])

/** The boxes below `root` that are no content, by what they are called, by what is in them, and by their headings. */
export function boxesAround(root: ParentNode, page: Page): ReadonlySet<ParentNode> {
  return new Boxes(root, page).find()
}

class Boxes {
  readonly #root: ParentNode
  readonly #page: Page
  readonly #rootMeasure: Measure
  /** The boxes that hold the only h1 are content. */
  readonly #holders: ReadonlySet<ParentNode>
  readonly #dropped = new Set<ParentNode>()
  /** Those of them that are no single lines. */
  readonly #boxes = new Set<ParentNode>()
  #proseLeft: number

  constructor(root: ParentNode, page: Page) {
    this.#root = root
    this.#page = page
    this.#rootMeasure = page.measures.get(root) ?? page.whole
    this.#holders = holdersOfHeading(root, page)
    this.#proseLeft = this.#rootMeasure.prose
  }

  find(): ReadonlySet<ParentNode> {
    for (const [box, measure] of boxesBesideCore(this.#root, this.#page)) this.#drop(box, measure)
    walkTree(this.#root, (node) => {
      if (!isElement(node)) return 'children' in node
      const measure = this.#page.measures.get(node)
      if (measure === undefined || this.#dropped.has(node)) return false
      if (measure.length === 0) return true
      if (this.#isTail(node, measure)) return !this.#dropped.has(node)
      if (this.#holders.has(node) || (measure.kind !== 'comments' && isSection(node))) return true
      if (!this.#isAround(node, measure)) return true
      this.#drop(node, measure)
      return false
    })
    for (const heading of headingsOf(this.#boxes, this.#page)) this.#dropped.add(heading)
    return this.#dropped
  }

  #drop(element: ParentNode, { prose }: Measure, isLine = false): void {
    if (this.#dropped.has(element)) return
    this.#dropped.add(element)
    if (!isLine) this.#boxes.add(element)
    this.#proseLeft -= prose
  }

  #isAround(element: Element, measure: Measure): boolean {
    const { length, prose, kind } = measure
    const linked = length - prose
    if (element.name === 'figcaption' && this.#isBelowShare(measure, CAPTION_SHARE_MAX)) return true
    if (element.name === 'form' && (linked >= prose || prose < FORM_PROSE_MIN)) return true
    if (ASIDES.has(element.name) || ASIDES.has(attribute(element, 'role'))) {
      if (linked >= prose && this.#isBelowShare(measure, CONTENT_SHARE_MIN.links)) return true
    }
    if (LISTS.has(element.name) && isListOfLinks(length, prose)) return true
    if (this.#isBelowShare(measure, TEASERS_SHARE_MAX) && areTeasers(element, this.#page)) return true
    return kind !== null && this.#isAsNamed(kind, measure)
  }

  /** Whether what is in a box agrees with what it is called. */
  #isAsNamed(kind: BoxKind, measure: Measure): boolean {
    const { length, prose, inSection } = measure
    const isSmall = this.#isBelowShare(measure, CONTENT_SHARE_MIN[kind])
    const isRestEnough = this.#proseLeft - prose >= REST_PROSE_MIN
    if (kind === 'comments') return isRestEnough || isSmall
    if (!isSmall) return false
    if (kind === 'never') return true
    if (kind === 'consent' && isRestEnough) return true
    if (kind === 'beside' && !inSection) return isRestEnough || this.#isBelowShare(measure, CONTENT_SHARE_MIN.around)
    const limits = kind === 'links' || kind === 'beside' ? 'links' : 'around'
    const least = Math.min(PROSE_MIN[limits], this.#rootMeasure.prose * PROSE_SHARE_MIN[limits])
    return prose < least || length - prose >= length * LINKED_SHARE_MIN[limits]
  }

  #isBelowShare({ prose }: Measure, share: number): boolean {
    return prose < this.#rootMeasure.prose * share
  }

  /** Drops the box that begins with a heading of what follows a text, or what follows that heading. */
  #isTail(element: Element, measure: Measure): boolean {
    if (!TITLES.has(element.name) || measure.length > LINE_LENGTH_MAX || measure.to - measure.from > LINE_TEXTS_MAX)
      return false
    const words = this.#page.texts.slice(measure.from, measure.to).join(' ')
    const isLine = isDateline(words, element.name === 'time')
    if (isWithoutSentence(measure, this.#page) && (isLine || isTailLine(words, measure.prose < measure.length * 0.6))) {
      this.#drop(element, measure, true)
      return true
    }
    const tail = tailOf(words)
    if (tail === null) return false
    const box = this.#boxOf(element, measure)
    if (box !== null && (tail === 'tail' || isOfLinks(box.measure))) {
      this.#drop(box.element, box.measure)
      return true
    }
    const following = this.#linksAfter(element)
    if (tail === 'links' && following.length === 0) return false
    this.#drop(element, measure)
    for (const [next, after] of following) this.#drop(next, after)
    return true
  }

  /** The lists of links that follow a heading. */
  #linksAfter(heading: Element): readonly (readonly [Element, Measure])[] {
    const found: (readonly [Element, Measure])[] = []
    for (let next = heading.nextSibling; next !== null; next = next.nextSibling) {
      if (!isElement(next)) continue
      const after = this.#page.measures.get(next)
      if (after === undefined || after.length === 0) continue
      if (/^h[1-6]$/.test(next.name) || !isOfLinks(after)) break
      found.push([next, after])
    }
    return found
  }

  /** The smallest box that begins with this heading and has more than it; null where it is too much of the page. */
  #boxOf(heading: Element, { from, length }: Measure): { element: ParentNode; measure: Measure } | null {
    for (let up = heading.parentNode; up !== null && up !== this.#root; up = up.parentNode) {
      const measure = this.#page.measures.get(up)
      if (measure === undefined || measure.from !== from) return null
      if (measure.length === length) continue
      const { length: all, prose } = this.#rootMeasure
      const isSmall = measure.length <= all * TAIL_SHARE_MAX && measure.prose <= prose * TAIL_PROSE_SHARE_MAX
      return isSmall && measure.headings === 0 ? { element: up, measure } : null
    }
    return null
  }
}

function isSection(element: Element): boolean {
  return element.name === 'article' || isMain(element)
}

function isOfLinks({ length, prose }: Measure): boolean {
  return prose < length / 2
}

function isListOfLinks(length: number, prose: number): boolean {
  return prose < LIST_PROSE_MAX && length - prose >= length * LIST_LINKED_SHARE_MIN
}

/** Where the content has one h1, the boxes around it. */
function holdersOfHeading(root: ParentNode, page: Page): ReadonlySet<ParentNode> {
  const inside = page.headings.filter((heading) => isBelow(heading, root, page))
  const holders = new Set<ParentNode>()
  if (inside.length !== 1) return holders
  for (let up: ParentNode | null = inside[0] ?? null; up !== null && up !== root; up = up.parentNode) holders.add(up)
  return holders
}
