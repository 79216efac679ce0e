import type { Document, Element, ParentNode } from 'domhandler'
import { attribute, isElement, walkTree } from './dom.ts'
import { isCode, isUnseen } from './html-text.ts'

/** A box that holds more than this share of the text is the content, whatever it is called. */
const CONTENT_SHARE_MIN = 0.75

/** Elements and roles around the content. `header` and `footer` only count outside of `article` and `main`. */
const AROUND = new Set(['nav', 'aside', 'form', 'dialog', 'menu', 'header', 'footer'])
const ROLES = new Set(
  'navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar'.split(' '),
)

/** One word of a class or id, such as `share` in `article-share`, or a beginning or end of it (`cookiebar`). */
const BOX_WORD =
  /^(ads?|anzeigen?|banner|gdpr|dsgvo|footer|menue?|modal|navi?|navbar|navigation|pager|pagination|popup|shar(e|ing)|social|toolbar|werbung)$|^(advert|breadcrumb|brotkr|consent|cookie|newsletter|sharebutton|sidebar|skiplink|socialmedia)|(banner|breadcrumbs?|menue?|navigation|newsletter|sidebar)$/
/** Words that make a class a state or a topic: `has-sidebar`, `tag-cookies`, `menu-open`. */
const STATE_WORD =
  /^(has|with|without|no|is|mit|ohne|left|right|open|closed|enabled|disabled|accepted|tag|category|kategorie)$/

/** Where the content of a page is. */
export interface Content {
  readonly root: ParentNode
  /** What to leave out below `root`, strictest first; the first that leaves any words is the right one. */
  readonly skips: readonly ((element: Element) => boolean)[]
}

/** Finds the main content: `main`, else the article, else the body, and what in it is no content. */
export function contentOf(document: Document): Content {
  const page = measured(document)
  const lengthOf = (element: ParentNode): number => page.lengths.get(element) ?? 0
  const root = longest(page.mains, lengthOf) ?? onlyArticle(page.articles, lengthOf) ?? page.body ?? document
  const content = lengthOf(root) || page.length
  const heading = onlyHeading(root, page.headings)

  function isAround(element: Element): boolean {
    if (isUnseen(element) || page.furniture.has(element)) return true
    if (element.name === 'article' || element.name === 'main' || !isBox(element)) return false
    return !heading.has(element) && lengthOf(element) <= content * CONTENT_SHARE_MIN
  }
  return { root, skips: [isAround, isUnseen, isCode] }
}

interface Page {
  /** The characters of text in each element, and in all; blanks, unseen elements and furniture do not count. */
  readonly lengths: ReadonlyMap<ParentNode, number>
  readonly length: number
  readonly body: Element | null
  readonly mains: readonly Element[]
  readonly articles: readonly Element[]
  readonly headings: readonly Element[]
  /** Navigation, asides, headers and footers of the page. */
  readonly furniture: ReadonlySet<Element>
}

function measured(document: Document): Page {
  const lengths = new Map<ParentNode, number>()
  const furniture = new Set<Element>()
  const mains: Element[] = []
  const articles: Element[] = []
  const headings: Element[] = []
  let body: Element | null = null
  let length = 0
  let sections = 0
  const starts: number[] = []
  walkTree(
    document,
    (node) => {
      if (node.type === 'text') length += node.data.trim().length
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
      starts.push(length)
      return true
    },
    (element) => {
      lengths.set(element, length - (starts.pop() ?? 0))
      if (isMain(element) || element.name === 'article') sections--
    },
  )
  return { lengths, length, body, mains, articles, headings, furniture }
}

function isMain(element: Element): boolean {
  return element.name === 'main' || attribute(element, 'role') === 'main'
}

function isFurniture(element: Element, inSection: boolean): boolean {
  if (isMain(element)) return false
  if (ROLES.has(attribute(element, 'role'))) return true
  // A form is only furniture where it is small: some systems put the whole page into one
  if (element.name === 'form' || !AROUND.has(element.name)) return false
  return !(inSection && (element.name === 'header' || element.name === 'footer'))
}

function isBox(element: Element): boolean {
  if (element.name === 'form') return true
  const names = `${element.attribs['class'] ?? ''} ${element.attribs['id'] ?? ''}`
  return names.split(/\s+/).some((name) => {
    const words = name
      .replace(/([a-z])(?=[A-Z])/g, '$1-')
      .toLowerCase()
      .split(/[^a-zäöü]+/)
    return words.some((word) => BOX_WORD.test(word)) && !words.some((word) => STATE_WORD.test(word))
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
function onlyArticle(articles: readonly Element[], lengthOf: (element: Element) => number): Element | null {
  const best = longest(articles, lengthOf)
  if (best === null) return null
  // Comments are often articles inside of the article: they are in its length
  const others = articles.filter((other) => other !== best && !isBelow(other, best))
  const length = others.reduce((sum, other) => sum + lengthOf(other), 0)
  const areTeasers = others.every((other) => lengthOf(other) < lengthOf(best) * TEASER_SHARE_MAX)
  return areTeasers && lengthOf(best) >= length ? best : null
}

function isBelow(element: Element, ancestor: Element): boolean {
  for (let up = element.parentNode; up !== null; up = up.parentNode) if (up === ancestor) return true
  return false
}

/** Where the content has one h1, the boxes around it are content. */
function onlyHeading(root: ParentNode, headings: readonly Element[]): ReadonlySet<ParentNode> {
  const inside = headings.filter((heading) => root === heading.parentNode || isBelow(heading, root as Element))
  const holders = new Set<ParentNode>()
  if (inside.length !== 1) return holders
  for (let up = inside[0]?.parentNode ?? null; up !== null && up !== root; up = up.parentNode) holders.add(up)
  return holders
}
