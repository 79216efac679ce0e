// The room `browser/box`: the search box for other sites, as a custom element. It imports `browser/shared` and no library: every visitor
// of those sites pays for its size, which a test holds.

import { isHotkey, isTypingElsewhere, keyNameOf } from '../shared/hotkey.ts'
import { CHECKED, warnOf } from './attributes.ts'
import { pressKey } from './keyboard.ts'
import { languageAround } from './language.ts'
import { LiveSearch } from './live-search.ts'
import { select, submit } from './navigation.ts'
import { View } from './view.ts'
import { WORDS, type Words } from './words.ts'

/** Attributes that say what is searched, and those that only say what is written on the box. */
const ASKED: readonly string[] = ['server', 'filter', 'limit', 'lang', 'mark']
const WRITTEN: readonly string[] = ['placeholder', 'hotkey', 'aria-label', 'lang']

/** The search box as an element: an editable combobox with a list of links (WAI-ARIA Authoring Practices 1.2). */
export class FundstelleSuche extends HTMLElement {
  static readonly observedAttributes = [...new Set([...ASKED, ...WRITTEN, ...CHECKED])]

  readonly #root = this.attachShadow({ mode: 'open' })
  readonly #live: LiveSearch
  #listening: AbortController | undefined

  constructor() {
    super()
    this.#live = new LiveSearch(this, new View(this.#root, this.#isDialog))
    this.#listen()
  }

  connectedCallback(): void {
    // only now there are attributes, and a language around it; moved elsewhere, it is the same box
    if (this.#isDialog !== (this.#view.parts.dialog !== null)) this.#rebuild()
    this.#label()
    if (this.#view.parts.input.value !== this.#live.shownQuery) this.#live.typed()
    this.#listening = new AbortController()
    const { signal } = this.#listening
    document.addEventListener('keydown', (event) => this.#hotkey(event), { signal })
    document.addEventListener(
      'pointerdown',
      (event) => {
        if (!event.composedPath().includes(this)) this.#view.close()
      },
      { signal },
    )
    // leaving with Tab, or by any other way
    this.#root.addEventListener(
      'focusout',
      (event) => {
        const to = (event as FocusEvent).relatedTarget
        if (to === null || !this.#root.contains(to as Node)) this.#view.close()
      },
      { signal },
    )
  }

  disconnectedCallback(): void {
    this.#listening?.abort()
    this.#live.stop()
    // elsewhere it would be open, and not modal any more
    this.#view.leave()
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) return
    warnOf(this, name)
    if (this.#listening === undefined || !this.isConnected) {
      // what is shown may be out of date when it comes back
      this.#live.shownQuery = ''
      return
    }
    if (name === 'mode') this.#rebuild()
    if (WRITTEN.includes(name)) this.#label()
    if (!ASKED.includes(name)) return
    this.#live.shownQuery = ''
    this.#live.typed()
  }

  override focus(options?: FocusOptions): void {
    this.#view.focus(options)
  }

  // attributes

  get #view(): View {
    return this.#live.view
  }

  get #words(): Words {
    return WORDS[languageAround(this)]
  }

  get #isDialog(): boolean {
    return this.getAttribute('mode') === 'dialog'
  }

  get #keys(): string {
    return this.getAttribute('hotkey') ?? 'mod+k /'
  }

  // what it is made of

  /** In the other mode; what was typed and the focus in it stay. */
  #rebuild(): void {
    const { isFocused, parts } = this.#view
    this.#live.stop()
    this.#live.view = new View(this.#root, this.#isDialog)
    this.#listen()
    this.#view.parts.input.value = parts.input.value
    this.#label()
    if (isFocused) this.#view.focus()
    this.#live.shownQuery = ''
    this.#live.typed()
  }

  #label(): void {
    const words = this.#words
    this.#view.label({
      words,
      name: this.ariaLabel ?? words.label,
      placeholder: this.getAttribute('placeholder') ?? words.placeholder,
      keyName: keyNameOf(this.#keys, words.control),
    })
  }

  #listen(): void {
    const view = this.#view
    const live = this.#live
    const { form, input, panel, list, dialog } = view.parts
    input.addEventListener('compositionstart', () => {
      live.isComposing = true
    })
    input.addEventListener('compositionend', () => {
      live.isComposing = false
      live.typed()
    })
    input.addEventListener('input', () => live.typed())
    input.addEventListener('keydown', (event) => pressKey(event, this, live))
    input.addEventListener('click', () => view.show())
    input.addEventListener('focus', () => view.show())
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      submit(this, view, false)
    })
    // a press on a hit or beside it must not take the focus away
    panel.addEventListener('mousedown', (event) => event.preventDefault())
    const pressed = (event: MouseEvent): void => {
      const option = (event.target as Element).closest<HTMLAnchorElement>('[role=option]')
      if (option !== null && event.button < 2) select(this, live, option, event)
    }
    list.addEventListener('click', pressed)
    list.addEventListener('auxclick', pressed)
    dialog?.opener.addEventListener('click', () => view.focus())
    dialog?.element.addEventListener('close', () => view.close())
    dialog?.element.addEventListener('click', ({ target }) => {
      if (target === dialog.element) dialog.element.close()
    })
  }

  #hotkey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || !this.checkVisibility({ visibilityProperty: true })) return
    if (!isHotkey(event, this.#keys) || (event.key === '/' && isTypingElsewhere(event))) return
    this.focus()
    // behind a dialog of the page it cannot be: then the key is somebody else's
    if (!this.#view.isFocused) return
    event.preventDefault()
    this.#view.parts.input.select()
  }
}
