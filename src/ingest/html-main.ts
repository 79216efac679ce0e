import type { Document, Element, ParentNode } from 'domhandler'
import { attribute, isElement, walkTree } from './dom.ts'
import { isCode, isUnseen } from './html-text.ts'

/** A box that holds more than this share of the text is the content, whatever it is called. */
const CONTENT_SHARE_MIN = 0.75

/** Elements and roles around the content. `header`, `footer`, `aside` and `menu` are so outside of `article` and `main`. */
const AROUND = new Set(['nav', 'dialog', 'aside', 'menu', 'header', 'footer'])
const AROUND_ANYWHERE = new Set(['nav', 'dialog'])
/** Elements and a role that are content inside of an article, unless they are a list of links. */
const ASIDES = new Set(['aside', 'menu', 'complementary'])
const ROLES = new Set('navigation banner contentinfo search dialog alertdialog menu menubar toolbar'.split(' '))

/** One word of a class or id, such as `share` in `article-share`, or a beginning or end of it: boxes that are never content. */
const JUNK_WORD =
  /^(ads?|anzeigen?|gdpr|dsgvo|modal|popup|shar(e|ing)|werbung)$|^(advert|breadcrumb|brotkr|consent|cookie|newsletter|sharebutton|skiplink|socialmedia)|(breadcrumbs?|newsletter)$/
const JUNK_WORDS = /(^| )social (bar|buttons?|follow|icons?|links|media|networks?|share|sharing)( |$)/
/** Words of boxes beside a text; inside of an article they may be part of it, as an aside may. */
const OUTSIDE_WORD = /^footer$|^sidebar|sidebar$/
/**
 * Words of boxes that only their content tells: a menu is a list of links or what a kitchen offers, a banner an
 * advertisement or the picture a text begins with.
 */
const LINKS_WORD =
  /^(footer|menue?|navi?|navbar|navigation|pager|pagination|social|toolbar)$|^sidebar|(banner|menue?|navigation|sidebar)$/
/** Words that make a class a state or a topic: `has-sidebar`, `tag-cookies`, `menu-open`. */
const STATE_WORD =
  /^(has|with|without|no|is|mit|ohne|left|right|open|closed|enabled|disabled|accepted|tag|category|kategorie)$/

/** From this share of characters in links and labels on a box is there for them. */
const LINKS_SHARE_MIN = 0.5
/** A form with fewer characters of prose is only its fields; some systems put the whole page into one. */
const FORM_PROSE_MIN = 150
/** Words in these are what one clicks, or the names of fields. */
const LINKS = new Set(['a', 'label', 'legend', 'option'])

/** Where the content of a page is. */
export interface Content {
  readonly root: ParentNode
  /** What to leave out below `root`, strictest first; the first that leaves any words is the right one. */
  readonly skips: readonly ((element: Element) => boolean)[]
}

/** Finds the main content: `main`, else the article, else the body, and what in it is no content. */
export function contentOf(document: Document): Content {
  const page = measured(document)
  const lengthOf = (element: ParentNode): number => page.measures.get(element)?.length ?? 0
  const root = longest(page.mains, lengthOf) ?? onlyArticle(page.articles, page.measures) ?? page.body ?? document
  const content = lengthOf(root) || page.length
  const heading = onlyHeading(root, page)

  function isAround(element: Element): boolean {
    if (isUnseen(element) || page.furniture.has(element)) return true
    if (element.name === 'article' || element.name === 'main') return false
    const measure = page.measures.get(element)
    if (measure === undefined || !isJunk(element, measure)) return false
    return !heading.has(element) && measure.length <= content * CONTENT_SHARE_MIN
  }
  return { root, skips: [isAround, isUnseen, isCode] }
}

/** What is known of an element. Blanks, unseen elements and furniture do not count. */
interface Measure {
  /** Characters of text. */
  readonly length: number
  /** Those of them in links and labels. */
  readonly linked: number
  readonly inSection: boolean
  /** Places in document order of the element and of the last one below it. */
  readonly first: number
  readonly last: number
}

interface Page {
  readonly measures: ReadonlyMap<ParentNode, Measure>
  readonly length: number
  readonly body: Element | null
  readonly mains: readonly Element[]
  readonly articles: readonly Element[]
  readonly headings: readonly Element[]
  /** Navigation, asides, headers and footers of the page. */
  readonly furniture: ReadonlySet<Element>
}

function measured(document: Document): Page {
  const measures = new Map<ParentNode, Measure>()
  const furniture = new Set<Element>()
  const mains: Element[] = []
  const articles: Element[] = []
  const headings: Element[] = []
  const starts: Measure[] = []
  let body: Element | null = null
  let [length, linked, links, sections, last] = [0, 0, 0, 0, 0]
  walkTree(
    document,
    (node) => {
      if (node.type === 'text') {
        const count = node.data.trim().length
        length += count
        if (links > 0) linked += count
      }
      if (!isElement(node)) return 'children' in node
      if (isUnseen(node)) return false
      if (isFurniture(node, sections > 0)) {
        furniture.add(node)
        return false
      }
      if (node.name === 'body') body ??= node
      if (isMain(node)) mains.push(node)
      if (node.name === 'article') articles.push(node)
      if (node.name === 'h1') headings.push(node)
      if (isMain(node) || node.name === 'article') sections++
      if (LINKS.has(node.name)) links++
      last++
      starts.push({ length, linked, inSection: sections > 0, first: last, last })
      return true
    },
    (element) => {
      const start = starts.pop()
      if (start === undefined) return
      measures.set(element, { ...start, length: length - start.length, linked: linked - start.linked, last })
      if (isMain(element) || element.name === 'article') sections--
      if (LINKS.has(element.name)) links--
    },
  )
  return { measures, length, body, mains, articles, headings, furniture }
}

function isMain(element: Element): boolean {
  return element.name === 'main' || attribute(element, 'role') === 'main'
}

function isFurniture(element: Element, inSection: boolean): boolean {
  if (isMain(element)) return false
  const role = attribute(element, 'role')
  if (ROLES.has(role) || AROUND_ANYWHERE.has(element.name)) return true
  return !inSection && (AROUND.has(element.name) || role === 'complementary')
}

/** Whether a box is no content, by what it is called and by what is in it. */
function isJunk(element: Element, { length, linked, inSection }: Measure): boolean {
  const isLinks = linked >= length * LINKS_SHARE_MIN
  if (element.name === 'form' && (isLinks || length - linked < FORM_PROSE_MIN)) return true
  if (isLinks && (ASIDES.has(element.name) || ASIDES.has(attribute(element, 'role')))) return true
  const names = `${element.attribs['class'] ?? ''} ${element.attribs['id'] ?? ''}`
  return names.split(/\s+/).some((name) => {
    const words = name
      .replace(/([a-z])(?=[A-Z])/g, '$1-')
      .toLowerCase()
      .split(/[^a-zäöü]+/)
    if (words.some((word) => STATE_WORD.test(word))) return false
    if (words.some((word) => JUNK_WORD.test(word)) || JUNK_WORDS.test(words.join(' '))) return true
    if (!inSection && words.some((word) => OUTSIDE_WORD.test(word))) return true
    return isLinks && words.some((word) => LINKS_WORD.test(word))
  })
}

function longest(elements: readonly Element[], lengthOf: (element: Element) => number): Element | null {
  let best: Element | null = null
  for (const element of elements) if (lengthOf(element) > (best === null ? 0 : lengthOf(best))) best = element
  return best
}

/** An article with less than this share of the longest one's text is a teaser beside it. */
const TEASER_SHARE_MAX = 0.25

/** The article of a page; on a page of teasers none stands out. */
function onlyArticle(articles: readonly Element[], measures: Page['measures']): Element | null {
  const lengthOf = (element: Element): number => measures.get(element)?.length ?? 0
  const best = longest(articles, lengthOf)
  if (best === null) return null
  // Comments are often articles inside of the article: they are in its length
  const others = articles.filter((other) => other !== best && !isBelow(other, best, measures))
  const length = others.reduce((sum, other) => sum + lengthOf(other), 0)
  const areTeasers = others.every((other) => lengthOf(other) < lengthOf(best) * TEASER_SHARE_MAX)
  return areTeasers && lengthOf(best) >= length ? best : null
}

/** By places in the document: going up from each element would be quadratic where they nest. */
function isBelow(element: ParentNode, ancestor: ParentNode, measures: Page['measures']): boolean {
  const [inner, outer] = [measures.get(element), measures.get(ancestor)]
  // Only the document itself is not measured
  if (inner === undefined || outer === undefined) return outer === undefined
  return outer.first < inner.first && inner.last <= outer.last
}

/** Where the content has one h1, the boxes around it are content. */
function onlyHeading(root: ParentNode, { headings, measures }: Page): ReadonlySet<ParentNode> {
  const inside = headings.filter((heading) => isBelow(heading, root, measures))
  const holders = new Set<ParentNode>()
  if (inside.length !== 1) return holders
  for (let up = inside[0]?.parentNode ?? null; up !== null && up !== root; up = up.parentNode) holders.add(up)
  return holders
}
