/**
 * The options of a combobox, of which one may be chosen with the keys while the focus stays in the input
 * (`aria-activedescendant`, WAI-ARIA Authoring Practices 1.2).
 */
export class Listbox {
  readonly #list: HTMLElement
  readonly #input: HTMLElement
  /** -1 for none. */
  #at = -1

  constructor(list: HTMLElement, input: HTMLElement) {
    this.#list = list
    this.#input = input
  }

  get options(): HTMLAnchorElement[] {
    return [...this.#list.querySelectorAll<HTMLAnchorElement>('[role=option]')]
  }

  get chosen(): HTMLAnchorElement | undefined {
    return this.options[this.#at]
  }

  /** Other options in the place of these. What somebody chose while they were on their way stays chosen, where it is still there. */
  fill(options: readonly HTMLAnchorElement[]): void {
    const chosen = this.chosen?.href
    for (const [at, option] of options.entries()) option.id = `${this.#list.id}-${at}`
    this.#list.replaceChildren(...options)
    this.choose(chosen === undefined ? -1 : options.findIndex(({ href }) => href === chosen))
  }

  choose(at: number): void {
    this.#at = at
    for (const [i, option] of this.options.entries()) {
      option.ariaSelected = String(i === at)
      if (i !== at) continue
      this.#input.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    }
    if (at < 0) this.#input.removeAttribute('aria-activedescendant')
  }

  /** From the last option to the first. */
  next(): void {
    this.choose(this.#at < this.options.length - 1 ? this.#at + 1 : 0)
  }

  /** From none or the first option to the last. */
  previous(): void {
    this.choose(this.#at > 0 ? this.#at - 1 : this.options.length - 1)
  }
}
