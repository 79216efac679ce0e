import type { Element, ParentNode } from 'domhandler'
import { isElement } from './dom.ts'
import { type Measure, ownProse, type Page, SENTENCE_LENGTH_MIN } from './html-measure.ts'

/** The core of a text is the innermost box with this share of its prose, … */
const CORE_SHARE_MIN = 0.8
/** … and so much of it: beside a few words others are no less. */
const CORE_PROSE_MIN = 400
/** Elements that part a page. What lists and tables hold is not written in sentences. */
const BOXES = new Set(['aside', 'center', 'div', 'footer', 'form', 'header', 'section', 'td'])

/**
 * The boxes beside the core of a text that hold no sentence: who to call, what else there is, buttons. Where no box holds most
 * of the prose there is no core, and nothing is beside it.
 */
export function boxesBesideCore(root: ParentNode, page: Page): readonly (readonly [Element, Measure])[] {
  const coreProse = Math.max(CORE_PROSE_MIN, ownProse(page.measures.get(root) ?? page.whole) * CORE_SHARE_MIN)
  const beside: (readonly [Element, Measure])[] = []
  for (let core = root; ; ) {
    const parts = core.children.flatMap((child) => {
      const measure = isElement(child) && BOXES.has(child.name) ? page.measures.get(child) : undefined
      return measure === undefined ? [] : [[child as Element, measure] as const]
    })
    const inner = core.children.find((child) => isElement(child) && hasProse(page.measures.get(child), coreProse))
    if (inner === undefined) return beside
    beside.push(...parts.filter(([box, measure]) => box !== inner && isWithoutSentence(measure, page)))
    core = inner as Element
  }
}

function hasProse(measure: Measure | undefined, least: number): boolean {
  return measure !== undefined && ownProse(measure) >= least
}

/** Whether a box holds no more than short lines, and not the title. */
export function isWithoutSentence({ length, headings, from, to }: Measure, { texts }: Page): boolean {
  if (length === 0 || headings > 0) return false
  for (let at = from; at < to; at++) if ((texts[at]?.length ?? 0) >= SENTENCE_LENGTH_MIN) return false
  return true
}
