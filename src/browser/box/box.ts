import { HOME, withoutSlash } from '../shared/home.ts'
import { isHotkey, isTypingElsewhere, keyNameOf } from '../shared/hotkey.ts'
import { Turns } from '../shared/turns.ts'
import { isLetter } from '../shared/typing.ts'
import { type Links, searchAddress } from './addresses.ts'
import { CHECKED, warnOf } from './attributes.ts'
import { ask, Failure } from './client.ts'
import { make } from './elements.ts'
import { languageAround } from './language.ts'
import { optionsOf } from './options.ts'
import { View } from './view.ts'
import { WORDS, type Words } from './words.ts'

/** After so long without an answer the box says that it is searching. */
const WAITING_MS = 400
const LIMIT = 6

/** Attributes that say what is searched, and those that only say what is written on the box. */
const ASKED: readonly string[] = ['server', 'filter', 'limit', 'lang', 'mark']
const WRITTEN: readonly string[] = ['placeholder', 'hotkey', 'aria-label', 'lang']

/** The search box as an element: an editable combobox with a list of links (WAI-ARIA Authoring Practices 1.2). */
export class FundstelleSuche extends HTMLElement {
  static readonly observedAttributes = [...new Set([...ASKED, ...WRITTEN, ...CHECKED])]

  readonly #root = this.attachShadow({ mode: 'open' })
  readonly #turns = new Turns()
  #view: View
  #isComposing = false
  #shownQuery = ''
  #listening: AbortController | undefined

  constructor() {
    super()
    this.#view = this.#built()
  }

  connectedCallback(): void {
    // only now there are attributes, and a language around it; moved elsewhere, it is the same box
    if (this.#isDialog !== (this.#view.parts.dialog !== null)) this.#rebuild()
    this.#label()
    if (this.#view.parts.input.value !== this.#shownQuery) this.#typed()
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
    this.#turns.stop()
    this.#isComposing = false
    // elsewhere it would be open, and not modal any more
    this.#view.leave()
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) return
    warnOf(this, name)
    if (this.#listening === undefined || !this.isConnected) {
      // what is shown may be out of date when it comes back
      this.#shownQuery = ''
      return
    }
    if (name === 'mode') this.#rebuild()
    if (WRITTEN.includes(name)) this.#label()
    if (!ASKED.includes(name)) return
    this.#shownQuery = ''
    this.#typed()
  }

  override focus(options?: FocusOptions): void {
    this.#view.focus(options)
  }

  // attributes

  get #words(): Words {
    return WORDS[languageAround(this)]
  }

  get #isDialog(): boolean {
    return this.getAttribute('mode') === 'dialog'
  }

  get #keys(): string {
    return this.getAttribute('hotkey') ?? 'mod+k /'
  }

  get #links(): Links {
    return {
      words: this.#words,
      server: withoutSlash(this.getAttribute('server') ?? HOME),
      filter: this.getAttribute('filter') || null,
      marks: this.getAttribute('mark') !== 'off',
      form: this.querySelector('form'),
    }
  }

  // what it is made of

  /** In the other mode; what was typed and the focus in it stay. */
  #rebuild(): void {
    const { isFocused, parts } = this.#view
    this.#view = this.#built()
    this.#view.parts.input.value = parts.input.value
    this.#label()
    if (isFocused) this.#view.focus()
    this.#shownQuery = ''
    this.#typed()
  }

  #built(): View {
    this.#turns.stop()
    this.#isComposing = false
    const view = new View(this.#root, this.#isDialog)
    this.#listen(view)
    return view
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

  #listen(view: View): void {
    const { form, input, panel, list, dialog } = view.parts
    input.addEventListener('compositionstart', () => {
      this.#isComposing = true
    })
    input.addEventListener('compositionend', () => {
      this.#isComposing = false
      this.#typed()
    })
    input.addEventListener('input', () => this.#typed())
    input.addEventListener('keydown', (event) => this.#key(event))
    input.addEventListener('click', () => view.show())
    input.addEventListener('focus', () => view.show())
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#submit(false)
    })
    // a press on a hit or beside it must not take the focus away
    panel.addEventListener('mousedown', (event) => event.preventDefault())
    const pressed = (event: MouseEvent): void => {
      const option = (event.target as Element).closest<HTMLAnchorElement>('[role=option]')
      if (option !== null && event.button < 2) this.#select(option, event)
    }
    list.addEventListener('click', pressed)
    list.addEventListener('auxclick', pressed)
    dialog?.opener.addEventListener('click', () => view.focus())
    dialog?.element.addEventListener('close', () => view.close())
    dialog?.element.addEventListener('click', ({ target }) => {
      if (target === dialog.element) dialog.element.close()
    })
  }

  // what is typed

  #typed(): void {
    if (this.#isComposing) return
    this.#view.listbox.choose(-1)
    const query = this.#view.parts.input.value
    if (query.trim() === '' || isLetter(query)) this.#clear()
    else this.#turns.soon(() => this.#search(query))
  }

  #clear(): void {
    this.#turns.stop()
    this.#shownQuery = ''
    this.#view.clear()
  }

  async #search(query: string): Promise<void> {
    const signal = this.#turns.begin()
    const links = this.#links
    const { words, server, filter } = links
    const parameters: Record<string, string> = {
      q: query,
      limit: this.getAttribute('limit') ?? String(LIMIT),
      lang: words.lang,
      // a word that is begun is no slip
      typing: 'true',
    }
    if (filter !== null) parameters['filter'] = filter
    const waiting = setTimeout(() => this.#view.message(words.waiting), WAITING_MS)
    signal.addEventListener('abort', () => clearTimeout(waiting))
    try {
      const answer = await ask(server, parameters, signal)
      if (signal.aborted) return
      this.#shownQuery = query
      this.#view.listbox.fill(optionsOf(answer, query, links))
      const { totalHits } = answer
      this.#view.parts.message.textContent = totalHits === 0 ? words.none(query) : ''
      this.#view.say(totalHits === 0 ? words.none(query) : words.hits(totalHits))
      this.#tell('fundstelle-search', { query, totalHits })
    } catch (error) {
      if (!signal.aborted) this.#fail(error, words)
    } finally {
      clearTimeout(waiting)
    }
  }

  #fail(error: unknown, words: Words): void {
    // its stack would name minified code
    console.error(String(error))
    const says = error instanceof Failure ? error.says : 'failed'
    this.#view.listbox.fill([])
    // what was refused once will be again
    if (says === 'refused') {
      this.#view.message(words[says])
      return
    }
    const again = make('button', { part: 'retry', type: 'button' }, words.again)
    again.addEventListener('click', () => {
      const { input } = this.#view.parts
      input.focus()
      this.#search(input.value)
    })
    this.#view.message(words[says], make('br'), again)
  }

  // keys

  #key(event: KeyboardEvent): void {
    // a key of an input method is not for us
    if (event.isComposing || event.keyCode === 229) return
    const { key, altKey } = event
    const isWithControl = event.ctrlKey || event.metaKey
    const hasOptions = this.#view.listbox.options.length > 0
    if (key === 'Escape') {
      if (!this.#escape()) return
    } else if (key === 'ArrowDown' && !isWithControl) {
      const wasOpen = this.#view.isOpen
      this.#view.show()
      if (!altKey && hasOptions) {
        if (wasOpen) this.#view.listbox.next()
        else this.#view.listbox.choose(0)
      }
    } else if (key === 'ArrowUp' && !isWithControl) {
      if (altKey) this.#view.close()
      else if (hasOptions) {
        this.#view.show()
        this.#view.listbox.previous()
      }
    } else if (key === 'Enter') {
      const { chosen } = this.#view.listbox
      if (chosen !== undefined && this.#view.isOpen) this.#select(chosen, event)
      else this.#submit(isWithControl)
    } else {
      // Home, End and the other keys of an input do what they do, and nothing is chosen any more
      if (!['Shift', 'Control', 'Alt', 'Meta'].includes(key)) this.#view.listbox.choose(-1)
      // what there is to press in the panel can be reached
      if (key === 'Tab' && this.#view.parts.message.querySelector('button') === null) this.#view.close()
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  /** First the hits go, then what was typed; then the key is the page's, or closes the dialog. */
  #escape(): boolean {
    const { input, dialog } = this.#view.parts
    if (this.#view.isOpen && dialog === null) this.#view.close()
    else if (input.value !== '') {
      input.value = ''
      this.#clear()
    } else return false
    return true
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

  // where it leads

  /** What a click on an option or Enter does; a click that opens a tab is the browser's own. */
  #select(option: HTMLAnchorElement, event: MouseEvent | KeyboardEvent): void {
    const { meant, hit } = option.dataset
    const inTab = event.ctrlKey || event.metaKey || event.shiftKey || event.type === 'auxclick'
    const isKey = event.type === 'keydown'
    if (meant !== undefined && !inTab) {
      event.preventDefault()
      this.#view.parts.input.value = meant
      this.#search(meant)
      return
    }
    if (hit !== undefined && !this.#tell('fundstelle-select', { id: hit, url: option.href, query: this.#shownQuery })) {
      event.preventDefault()
      return
    }
    if (isKey) this.#go(option.href, inTab)
    else if (!inTab) this.#view.leave()
  }

  #submit(inTab: boolean): void {
    const query = this.#view.parts.input.value.trim()
    if (query !== '') this.#go(searchAddress(query, this.#links), inTab)
  }

  #go(address: string, inTab: boolean): void {
    if (inTab) open(address, '_blank', 'noopener')
    else {
      this.#view.leave()
      location.assign(address)
    }
  }

  /** Returns false where the host page prevented what comes next. */
  #tell(name: string, detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }))
  }
}
