import type { Element } from 'domhandler'
import type { Block } from './blocks.ts'
import { attribute, isElement, walkTree } from './dom.ts'

const HEADING = /^h[1-6]$/

/** What a block is but for its text. */
type Kind = Block extends infer B ? (B extends Block ? Omit<B, 'text'> : never) : never

/** Where in a page one is while going through it: what the next block is. */
export class Place {
  #codeDepth = 0
  /** Of each list that is open whether it is ordered. */
  readonly #lists: boolean[] = []
  #heading: Element | null = null
  #anchor: string | null = null
  /** Whether no block of the item that is open has ended yet. */
  #isItemNew = false

  get isInCode(): boolean {
    return this.#codeDepth > 0
  }

  enter(element: Element): void {
    const { name } = element
    if (name === 'pre') this.#codeDepth += 1
    else if (name === 'ul' || name === 'ol') this.#lists.push(name === 'ol')
    else if (name === 'li') this.#isItemNew = true
    else if (HEADING.test(name) && this.#heading === null) {
      this.#heading = element
      this.#anchor = anchorOf(element)
    }
  }

  leave(element: Element): void {
    const { name } = element
    if (name === 'pre') this.#codeDepth -= 1
    else if (name === 'ul' || name === 'ol') this.#lists.pop()
    else if (name === 'li') this.#isItemNew = false
    else if (element === this.#heading) this.#heading = null
  }

  /** What a block is that ends here; of an item only the first with words is one. */
  kindOf(text: string): Kind {
    if (this.isInCode) return { kind: 'code' }
    const heading = this.#heading
    if (heading !== null) return { kind: 'heading', level: Number(heading.name[1]), anchor: this.#anchor }
    if (!this.#isItemNew || text.trim() === '') return { kind: 'paragraph' }
    this.#isItemNew = false
    return { kind: 'item', depth: Math.max(1, this.#lists.length), isOrdered: this.#lists.at(-1) ?? false }
  }
}

/** What leads to a heading: its own name, one within it, or that of the section that it begins. */
function anchorOf(heading: Element): string | null {
  const own = nameOf(heading)
  if (own !== '') return own
  let inner = ''
  walkTree(heading, (node) => {
    if (inner === '' && isElement(node)) inner = nameOf(node)
    return inner === '' && 'children' in node
  })
  if (inner !== '') return inner
  const { parentNode: parent } = heading
  const begins = parent !== null && isElement(parent) && parent.name === 'section' && firstElement(parent) === heading
  return begins ? nameOf(parent) : null
}

const nameOf = (element: Element): string =>
  attribute(element, 'id') || (element.name === 'a' ? attribute(element, 'name') : '')

const firstElement = (parent: Element): Element | undefined => parent.children.find(isElement)
