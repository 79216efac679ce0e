import type { Document, Element, ParentNode } from 'domhandler'
import { boxesAround, REST_PROSE_MIN } from './html-boxes.ts'
import { isBelow, type Measure, type Page } from './html-measure.ts'
import { isCode, isUnseen } from './html-text.ts'

/** Where the content of a page is, read in one way. */
export interface Content {
  readonly root: ParentNode
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
  const { prose, comments } = page.whole
  const hasText = prose - comments >= REST_PROSE_MIN
  return [
    { root, skip: (element) => around.has(element) || !page.measures.has(element) },
    { root: body, skip: (element) => isAroundAny(page.measures.get(element), hasText) },
    { root: body, skip: isUnseen },
    { root: body, skip: isCode },
  ]
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
    ownProse(element, page) >= Math.max(1, ownProse(body, page) * ROOT_SHARE_MIN)
  const articles = page.articles.filter(isRoot)
  const holder = articles.find(
    (article) => second === undefined && heading !== undefined && isBelow(heading, article, page),
  )
  return holder ?? longest(page.mains.filter(isRoot), page) ?? onlyArticle(articles, page) ?? body
}

/** Characters of prose that readers did not write. */
function ownProse(element: ParentNode, { measures }: Page): number {
  const measure = measures.get(element)
  return measure === undefined ? 0 : measure.prose - measure.comments
}

function longest(elements: readonly Element[], page: Page): Element | null {
  let best: Element | null = null
  for (const element of elements) if (best === null || ownProse(element, page) > ownProse(best, page)) best = element
  return best
}

/** The article of a page; on a page of teasers none stands out. */
function onlyArticle(articles: readonly Element[], page: Page): Element | null {
  const best = longest(articles, page)
  if (best === null) return null
  // Comments are often articles inside of the article: they are in its length
  const others = page.articles.filter((other) => other !== best && !isBelow(other, best, page))
  const prose = others.reduce((sum, other) => sum + ownProse(other, page), 0)
  const areTeasers = others.every((other) => ownProse(other, page) < ownProse(best, page) * TEASER_SHARE_MAX)
  return areTeasers && ownProse(best, page) >= prose ? best : null
}
