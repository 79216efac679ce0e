import type { Document, Element, ParentNode } from 'domhandler'
import { boxesAround, REST_PROSE_MIN } from './html-boxes.ts'
import { type Lead, leadOf } from './html-lead.ts'
import { isBelow, type Measure, ownProse, type Page } from './html-measure.ts'
import { isCode, isUnseen } from './html-text.ts'

/** Where the content of a page is, read in one way. */
export interface Content {
  readonly root: ParentNode
  /** The box of the text; `root`, but where a lead stands above it. */
  readonly main: ParentNode
  /** What to leave out below `root`. */
  readonly skip: (element: Element) => boolean
}

/**
 * The ways to read a page, strictest first: its main content without boxes around it, all of the body but what is around
 * any content, whatever can be seen, whatever is there.
 */
export function contentsOf(page: Page, document: Document): readonly [Content, ...Content[]] {
  const body = page.body ?? document
  const root = rootOf(page, body)
  const around = boxesAround(root, page)
  const isSkipped = (element: Element): boolean => around.has(element) || !page.measures.has(element)
  const lead = leadOf(root, page)
  const { prose, comments } = page.whole
  const hasText = prose - comments >= REST_PROSE_MIN
  return [
    {
      root: lead?.common ?? root,
      main: root,
      skip: lead === null ? isSkipped : skipWithLead(lead, root, isSkipped, page),
    },
    { root: body, main: body, skip: (element) => isAroundAny(page.measures.get(element), hasText) },
    { root: body, main: body, skip: isUnseen },
    { root: body, main: body, skip: isCode },
  ]
}

/** Of the box that holds lead and text nothing else is read. */
function skipWithLead(lead: Lead, root: ParentNode, isSkipped: Content['skip'], page: Page): Content['skip'] {
  const above = boxesAround(lead.box, page)
  const isIn = (element: Element, outer: ParentNode) => element === outer || isBelow(element, outer, page)
  const isRead = (element: Element) => isIn(element, lead.box) || isIn(element, root) || isBelow(root, element, page)
  return (element) => above.has(element) || isSkipped(element) || !isRead(element)
}

/** Furniture and what asks for leave is left out of the looser reading, too; what readers wrote where there is a text besides. */
function isAroundAny(measure: Measure | undefined, hasText: boolean): boolean {
  return measure === undefined || measure.kind === 'consent' || (hasText && measure.kind === 'comments')
}

/** An article or `main` with less than this share of the body's prose is a frame, or a teaser. */
const ROOT_SHARE_MIN = 0.25
/** An article with less than this share of the longest one's prose is a teaser beside it. */
const TEASER_SHARE_MAX = 0.25

function rootOf(page: Page, body: ParentNode): ParentNode {
  const [heading, second] = page.headings
  const isRoot = (element: Element): boolean =>
    proseOf(element, page) >= Math.max(1, proseOf(body, page) * ROOT_SHARE_MIN)
  const articles = page.articles.filter(isRoot)
  const holder = articles.find(
    (article) => second === undefined && heading !== undefined && isBelow(heading, article, page),
  )
  return holder ?? longest(page.mains.filter(isRoot), page) ?? onlyArticle(articles, page) ?? body
}

function proseOf(element: ParentNode, { measures }: Page): number {
  const measure = measures.get(element)
  return measure === undefined ? 0 : ownProse(measure)
}

function longest(elements: readonly Element[], page: Page): Element | null {
  let best: Element | null = null
  for (const element of elements) if (best === null || proseOf(element, page) > proseOf(best, page)) best = element
  return best
}

/** The article of a page; on a page of teasers none stands out. */
function onlyArticle(articles: readonly Element[], page: Page): Element | null {
  const best = longest(articles, page)
  if (best === null) return null
  // Comments are often articles inside of the article: they are in its length
  const others = page.articles.filter((other) => other !== best && !isBelow(other, best, page))
  const prose = others.reduce((sum, other) => sum + proseOf(other, page), 0)
  const areTeasers = others.every((other) => proseOf(other, page) < proseOf(best, page) * TEASER_SHARE_MAX)
  return areTeasers && proseOf(best, page) >= prose ? best : null
}
