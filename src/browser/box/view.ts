import { Listbox } from './listbox.ts'
import { type Labels, label, type Parts, partsOf } from './parts.ts'
import { STYLE } from './style.ts'

/** One for all boxes of the page. */
let sheet: CSSStyleSheet | undefined
let count = 0

/** Between the panel and the edge of the window. */
const EDGE = 8

/** What is to be seen of a box: its panel opens and closes, has options or a message, and says to everybody what it has. */
export class View {
  readonly parts: Parts
  readonly listbox: Listbox
  readonly #root: ShadowRoot

  /** Takes the place of what is in the root. */
  constructor(root: ShadowRoot, isDialog: boolean) {
    this.#root = root
    this.parts = partsOf(`fundstelle-${++count}`, isDialog)
    const { box, list, input } = this.parts
    this.listbox = new Listbox(list, input)
    root.replaceChildren(box)
    if (sheet === undefined) {
      sheet = new CSSStyleSheet()
      sheet.replaceSync(STYLE)
    }
    root.adoptedStyleSheets = [sheet]
  }

  label(labels: Labels): void {
    label(this.parts, labels)
  }

  get isOpen(): boolean {
    return !this.parts.panel.hidden
  }

  get isFocused(): boolean {
    return this.#root.activeElement === this.parts.input
  }

  focus(options?: FocusOptions): void {
    const { dialog, input } = this.parts
    if (dialog?.element.open === false) dialog.element.showModal()
    input.focus(options)
  }

  /** Opens the panel, where it has anything to show. */
  show(): void {
    const { panel, list, message, input, dialog } = this.parts
    message.hidden = message.textContent === ''
    list.hidden = list.childElementCount === 0
    panel.hidden = list.hidden && message.hidden
    input.ariaExpanded = String(!list.hidden)
    if (dialog !== null) return
    // wider than its box, it may not stand out of the window to either side
    panel.style.translate = ''
    const { left, right } = panel.getBoundingClientRect()
    const { clientWidth } = document.documentElement
    const isOut = right > clientWidth - EDGE
    // flush with the other side of the box, if there is room for it
    let shift = isOut ? input.getBoundingClientRect().right - right : 0
    if (left + shift < (isOut ? EDGE : 0)) shift = Math.min(EDGE - left, clientWidth - right)
    panel.style.translate = `${shift}px`
  }

  /** Closes the panel; in an open dialog it stays. */
  close(): void {
    const { dialog, panel, input } = this.parts
    if (dialog?.element.open) return
    this.listbox.choose(-1)
    panel.hidden = true
    input.ariaExpanded = 'false'
  }

  /** Closes the dialog too. */
  leave(): void {
    this.parts.dialog?.element.close()
    this.close()
  }

  /** Empties the panel. */
  clear(): void {
    this.listbox.fill([])
    this.message('')
    this.close()
  }

  /** Says something instead of options, or, as long as there are some, beside them. */
  message(text: string, ...more: readonly Node[]): void {
    this.parts.message.replaceChildren(text, ...more)
    this.say(text)
  }

  /** Says something to those who do not see the panel. */
  say(text: string): void {
    this.parts.live.textContent = text
    if (this.isFocused) this.show()
  }
}
