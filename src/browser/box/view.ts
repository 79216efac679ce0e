import { Listbox } from './listbox.ts'
import { type Parts, partsOf, type Wishes } from './parts.ts'
import { STYLE } from './style.ts'

/** One for all boxes of the page. */
let sheet: CSSStyleSheet | undefined

/** What is to be seen of a box: its panel opens and closes, has options or a message, and says to everybody what it has. */
export class View {
  readonly parts: Parts
  readonly listbox: Listbox
  readonly #root: ShadowRoot

  /** Takes the place of what is in the root. */
  constructor(root: ShadowRoot, wishes: Wishes) {
    this.#root = root
    this.parts = partsOf(wishes)
    const { dialog, opener, form, panel, live, list, input } = this.parts
    this.listbox = new Listbox(list, input)
    if (dialog === null || opener === null) root.replaceChildren(form, panel, live)
    else root.replaceChildren(opener, dialog)
    if (sheet === undefined) {
      sheet = new CSSStyleSheet()
      sheet.replaceSync(STYLE)
    }
    root.adoptedStyleSheets = [sheet]
  }

  get isOpen(): boolean {
    return !this.parts.panel.hidden
  }

  get isFocused(): boolean {
    return this.#root.activeElement === this.parts.input
  }

  focus(options?: FocusOptions): void {
    const { dialog, input } = this.parts
    if (dialog !== null && !dialog.open) dialog.showModal()
    input.focus(options)
  }

  /** Opens the panel, where it has anything to show. */
  show(): void {
    const { panel, list, message, input } = this.parts
    message.hidden = message.textContent === ''
    list.hidden = list.childElementCount === 0
    panel.hidden = list.hidden && message.hidden
    input.ariaExpanded = String(!list.hidden)
    // a box at the right edge has its hits to the left
    panel.classList.remove('left')
    panel.classList.toggle('left', panel.getBoundingClientRect().right > document.documentElement.clientWidth)
  }

  /** Closes the panel; in an open dialog it stays. */
  close(): void {
    const { dialog, panel, input } = this.parts
    if (dialog?.open) return
    this.listbox.choose(-1)
    panel.hidden = true
    input.ariaExpanded = 'false'
  }

  /** Closes the dialog too. */
  leave(): void {
    this.parts.dialog?.close()
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
