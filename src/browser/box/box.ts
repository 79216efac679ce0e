import { hitAddress, searchAddress } from './addresses.ts'
import { ask, type BoxAnswer, type BoxHit, Failure } from './client.ts'
import { CROSS, icon, LENS, make } from './elements.ts'
import { isHotkey, isTypingElsewhere } from './hotkey.ts'
import { STYLE } from './style.ts'
import { nodesOf } from './text.ts'
import { WORDS, type Words } from './words.ts'

/** A letter is answered at once, but the server is not asked more often than this. */
const PAUSE_MS = 80
/** After so long without an answer the box says that it is searching. */
const WAITING_MS = 400
const LIMIT = 6

let count = 0
let sheet: CSSStyleSheet | undefined

/** Where this script came from: there the server is, unless the element names another. */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null
export const HOME = script === null ? '' : new URL(script.src).href.replace(/\/[^/]*$/, '')
export const OWN_SCRIPT = script

/** Attributes that say what is searched; the others say how the box is. */
const ASKED: readonly string[] = ['server', 'filter', 'limit']

/** The search box as an element: an editable combobox with a list of links (WAI-ARIA Authoring Practices 1.2). */
export class FundstelleSuche extends HTMLElement {
  static readonly observedAttributes = [...ASKED, 'placeholder', 'lang', 'mode', 'hotkey']

  readonly #root = this.attachShadow({ mode: 'open' })
  #input!: HTMLInputElement
  #panel!: HTMLElement
  #list!: HTMLElement
  #say!: HTMLElement
  #live!: HTMLElement
  #dialog: HTMLDialogElement | null = null
  #opener: HTMLElement | null = null
  /** Index of the option that is chosen with the keys; -1 for none. */
  #active = -1
  #timer = 0
  #lastAsked = Number.NEGATIVE_INFINITY
  #running: AbortController | undefined
  #composing = false
  #shownQuery = ''
  #listening: AbortController | undefined

  connectedCallback(): void {
    // moved elsewhere, it is the same box
    if (this.#input === undefined) this.#build()
    else this.#rebuild()
    this.#listening = new AbortController()
    const { signal } = this.#listening
    document.addEventListener('keydown', (event) => this.#hotkey(event), { signal })
    document.addEventListener(
      'pointerdown',
      (event) => {
        if (!event.composedPath().includes(this)) this.#close()
      },
      { signal },
    )
  }

  disconnectedCallback(): void {
    this.#listening?.abort()
    this.#stop()
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (this.#listening === undefined || !this.isConnected || before === now) return
    if (ASKED.includes(name)) this.#typed()
    else this.#rebuild()
  }

  override focus(options?: FocusOptions): void {
    if (this.#opener !== null) this.#open()
    else this.#input.focus(options)
  }

  get #words(): Words {
    const lang = this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang
    return /^en/i.test(lang) ? WORDS.en : WORDS.de
  }

  get #server(): string {
    return (this.getAttribute('server') ?? HOME).replace(/\/+$/, '')
  }

  /** Made anew; what was typed and where the focus was stays. */
  #rebuild(): void {
    const typed = this.#input.value
    const isFocused = this.#isFocused
    this.#build()
    this.#input.value = typed
    if (isFocused) this.#open()
    this.#typed()
  }

  #build(): void {
    this.#stop()
    const words = this.#words
    const id = `fundstelle-${++count}`
    const placeholder = this.getAttribute('placeholder') ?? words.placeholder
    this.#input = make('input', {
      part: 'input',
      type: 'search',
      name: 'q',
      role: 'combobox',
      'aria-label': words.label,
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': id,
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
      enterkeyhint: 'search',
      placeholder,
    })
    const go = make('button', { part: 'submit', class: 'go', 'aria-label': words.submit }, icon(LENS))
    this.#list = make('div', { part: 'list', id, role: 'listbox', 'aria-label': words.list })
    this.#say = make('div', { part: 'message', class: 'say' })
    this.#panel = make('div', { part: 'panel', class: 'panel' }, this.#list, this.#say)
    this.#live = make('div', { role: 'status', class: 'live' })
    this.#panel.hidden = true
    const form = make('form', { part: 'form', role: 'search' })
    if (this.getAttribute('mode') === 'dialog') {
      const shut = make(
        'button',
        { part: 'close', class: 'shut', type: 'button', 'aria-label': words.close },
        icon(CROSS),
      )
      shut.addEventListener('click', () => this.#dialog?.close())
      form.append(make('div', {}, this.#input, go), shut)
      const dialog = make('dialog', { part: 'dialog', 'aria-label': words.label }, form, this.#panel, this.#live)
      dialog.addEventListener('close', () => this.#close())
      dialog.addEventListener('click', (event) => {
        if (event.target === dialog) dialog.close()
      })
      this.#dialog = dialog
      this.#opener = make(
        'button',
        { part: 'opener', class: 'opener', type: 'button', 'aria-haspopup': 'dialog' },
        icon(LENS),
        placeholder,
      )
      const key = this.#keyName()
      if (key !== '') this.#opener.append(make('kbd', { part: 'hotkey', 'aria-hidden': 'true' }, key))
      this.#opener.addEventListener('click', () => this.#open())
      this.#root.replaceChildren(this.#opener, dialog)
    } else {
      this.#dialog = null
      this.#opener = null
      form.append(this.#input, go)
      this.#root.replaceChildren(form, this.#panel, this.#live)
    }
    if (sheet === undefined) {
      sheet = new CSSStyleSheet()
      sheet.replaceSync(STYLE)
    }
    this.#root.adoptedStyleSheets = [sheet]
    this.#listen(form)
  }

  #listen(form: HTMLFormElement): void {
    const input = this.#input
    input.addEventListener('compositionstart', () => {
      this.#composing = true
    })
    input.addEventListener('compositionend', () => {
      this.#composing = false
      this.#typed()
    })
    input.addEventListener('input', () => this.#typed())
    input.addEventListener('keydown', (event) => this.#key(event))
    input.addEventListener('click', () => this.#show())
    input.addEventListener('focus', () => this.#show())
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#submit(false)
    })
    // leaving with Tab, or by any other way
    this.#root.addEventListener('focusout', (event) => {
      const to = (event as FocusEvent).relatedTarget
      if (to === null || !this.#root.contains(to as Node)) this.#close()
    })
    // a press on a hit or beside it must not take the focus away
    this.#panel.addEventListener('mousedown', (event) => {
      if (!(event.target as Element).closest('button')) event.preventDefault()
    })
    this.#list.addEventListener('click', (event) => {
      const option = (event.target as Element).closest<HTMLAnchorElement>('[role=option]')
      if (option !== null) this.#select(option, event)
    })
  }

  // what is typed

  #typed(): void {
    if (this.#composing) return
    clearTimeout(this.#timer)
    this.#choose(-1)
    const query = this.#input.value
    if (query.trim() === '') {
      this.#stop()
      this.#shownQuery = ''
      this.#close()
      this.#list.replaceChildren()
      this.#say.replaceChildren()
      this.#live.textContent = ''
      return
    }
    const pause = Math.max(0, this.#lastAsked + PAUSE_MS - performance.now())
    this.#timer = window.setTimeout(() => this.#search(query), pause)
  }

  async #search(query: string): Promise<void> {
    this.#running?.abort()
    this.#lastAsked = performance.now()
    const turn = new AbortController()
    this.#running = turn
    const words = this.#words
    const parameters: Record<string, string> = {
      q: query,
      limit: this.getAttribute('limit') ?? String(LIMIT),
      lang: words === WORDS.en ? 'en' : 'de',
    }
    const filter = this.getAttribute('filter')
    if (filter) parameters['filter'] = filter
    const waiting = window.setTimeout(() => this.#message(words.waiting), WAITING_MS)
    turn.signal.addEventListener('abort', () => clearTimeout(waiting))
    try {
      const answer = await ask(this.#server, parameters, turn.signal)
      if (turn.signal.aborted) return
      this.#shownQuery = query
      this.#render(answer, query)
      this.#tell('fundstelle-search', { query, totalHits: answer.totalHits })
    } catch (error) {
      if (turn.signal.aborted) return
      // its stack would name minified code
      console.error(String(error))
      const text = words[error instanceof Failure ? error.says : 'failed']
      const again = make('button', { part: 'retry', type: 'button' }, words.again)
      again.addEventListener('click', () => {
        this.#input.focus()
        this.#search(this.#input.value)
      })
      this.#list.replaceChildren()
      this.#message(text, make('br'), again)
    } finally {
      clearTimeout(waiting)
    }
  }

  /** Says something instead of hits, or, as long as others are shown, beside them. */
  #message(text: string, ...more: readonly Node[]): void {
    this.#say.replaceChildren(text, ...more)
    this.#live.textContent = text
    if (this.#isFocused) this.#show()
  }

  #render({ hits, totalHits, didYouMean }: BoxAnswer, query: string): void {
    const words = this.#words
    const chosen = this.#options[this.#active]?.href
    const options: HTMLAnchorElement[] = hits.map((hit) => this.#option(hit, query))
    if (didYouMean !== null) {
      const meant = this.#link(this.#pageFor(didYouMean), make('span', { class: 'more' }, words.meant(didYouMean)))
      meant.dataset['meant'] = didYouMean
      options.unshift(meant)
    }
    if (totalHits > 0)
      options.push(this.#link(this.#pageFor(query), make('span', { class: 'more' }, words.all(totalHits))))
    for (const [at, option] of options.entries()) option.id = `${this.#list.id}-${at}`
    this.#list.replaceChildren(...options)
    // what somebody chose while this answer was on its way stays chosen, where it still is a hit
    this.#choose(chosen === undefined ? -1 : options.findIndex(({ href }) => href === chosen))
    const none = totalHits === 0 ? words.none(query) : ''
    this.#say.replaceChildren(none)
    this.#live.textContent = none === '' ? words.hits(totalHits) : none
    if (this.#isFocused) this.#show()
  }

  #option(hit: BoxHit, query: string): HTMLAnchorElement {
    const { title, snippet } = hit.formatted
    const option = this.#link(
      hitAddress(hit, this.#server, query, this.getAttribute('mark') !== 'off'),
      make('span', { part: 'title', class: 't', dir: 'auto' }, ...(title === '' ? [hit.id] : nodesOf(title, 'mark'))),
      make('span', { part: 'snippet', class: 's', dir: 'auto' }, ...nodesOf(snippet, 'mark')),
    )
    option.dataset['hit'] = hit.id
    return option
  }

  #link(href: string, ...children: readonly Node[]): HTMLAnchorElement {
    return make('a', { part: 'option', role: 'option', 'aria-selected': 'false', tabindex: '-1', href }, ...children)
  }

  /** Where all hits are: the form inside the element says, or the server's own page. */
  #pageFor(query: string): string {
    return searchAddress(this.querySelector('form'), this.#server, query, this.#words === WORDS.en)
  }

  // keys

  #key(event: KeyboardEvent): void {
    // a key of an input method is not for us
    if (event.isComposing || event.keyCode === 229) return
    const options = this.#options
    const { key, altKey } = event
    if (key === 'Escape') {
      if (this.#isOpen && this.#dialog === null) this.#close()
      else if (this.#input.value !== '') {
        this.#input.value = ''
        this.#typed()
      } else return
    } else if (key === 'ArrowDown' && !event.ctrlKey && !event.metaKey) {
      const wasOpen = this.#isOpen
      this.#show()
      if (!altKey && options.length > 0)
        this.#choose(wasOpen && this.#active < options.length - 1 ? this.#active + 1 : 0)
    } else if (key === 'ArrowUp' && !event.ctrlKey && !event.metaKey) {
      if (altKey) this.#close()
      else if (options.length > 0) {
        this.#show()
        this.#choose(this.#active > 0 ? this.#active - 1 : options.length - 1)
      }
    } else if (key === 'Enter') {
      const option = options[this.#active]
      if (option !== undefined && this.#isOpen) this.#select(option, event)
      else this.#submit(event.ctrlKey || event.metaKey)
    } else {
      // Home, End and the other keys of an input do what they do, and nothing is chosen any more
      if (!['Shift', 'Control', 'Alt', 'Meta'].includes(key)) this.#choose(-1)
      if (key === 'Tab') this.#close()
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  #hotkey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || this.getClientRects().length === 0) return
    const keys = this.getAttribute('hotkey') ?? 'mod+k /'
    if (!isHotkey(event, keys) || (event.key === '/' && isTypingElsewhere(event))) return
    event.preventDefault()
    this.focus()
    this.#input.select()
  }

  #keyName(): string {
    const keys = this.getAttribute('hotkey') ?? 'mod+k /'
    if (keys.includes('mod+k'))
      return /Mac|iP/.test(navigator.platform) ? '⌘ K' : this.#words === WORDS.en ? 'Ctrl K' : 'Strg K'
    return keys.includes('/') ? '/' : ''
  }

  // options

  get #options(): HTMLAnchorElement[] {
    return [...this.#list.querySelectorAll<HTMLAnchorElement>('[role=option]')]
  }

  #choose(at: number): void {
    this.#active = at
    for (const [i, option] of this.#options.entries()) {
      option.setAttribute('aria-selected', String(i === at))
      if (i !== at) continue
      this.#input.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    }
    if (at < 0) this.#input.removeAttribute('aria-activedescendant')
  }

  /** What a click on an option or Enter does; a click that opens a tab is the browser's own. */
  #select(option: HTMLAnchorElement, event: MouseEvent | KeyboardEvent): void {
    const { meant, hit } = option.dataset
    const inTab = event.ctrlKey || event.metaKey || event.shiftKey
    const isKey = event.type === 'keydown'
    if (meant !== undefined && !inTab) {
      event.preventDefault()
      this.#input.value = meant
      this.#search(meant)
      return
    }
    if (hit !== undefined && !this.#tell('fundstelle-select', { id: hit, url: option.href, query: this.#shownQuery })) {
      event.preventDefault()
      return
    }
    if (!isKey) {
      if (!inTab) this.#leave()
      return
    }
    if (inTab) window.open(option.href, '_blank', 'noopener')
    else {
      this.#leave()
      location.assign(option.href)
    }
  }

  #submit(inTab: boolean): void {
    const query = this.#input.value.trim()
    if (query === '') return
    if (inTab) window.open(this.#pageFor(query), '_blank', 'noopener')
    else location.assign(this.#pageFor(query))
  }

  /** Returns false where the host page prevented what comes next. */
  #tell(name: string, detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }))
  }

  // open and close

  get #isOpen(): boolean {
    return !this.#panel.hidden
  }

  get #isFocused(): boolean {
    return this.#root.activeElement === this.#input
  }

  #open(): void {
    if (this.#dialog !== null && !this.#dialog.open) this.#dialog.showModal()
    this.#input.focus()
  }

  #show(): void {
    const hasSomething = this.#list.childElementCount > 0 || this.#say.childNodes.length > 0
    this.#say.hidden = this.#say.textContent === ''
    this.#list.hidden = this.#list.childElementCount === 0
    this.#panel.hidden = !hasSomething || (this.#list.hidden && this.#say.hidden)
    this.#input.setAttribute('aria-expanded', String(this.#isOpen && !this.#list.hidden))
    // a box at the right edge has its hits to the left
    this.#panel.classList.remove('left')
    this.#panel.classList.toggle(
      'left',
      this.#panel.getBoundingClientRect().right > document.documentElement.clientWidth,
    )
  }

  #close(): void {
    if (this.#dialog?.open) return
    this.#choose(-1)
    this.#panel.hidden = true
    this.#input.setAttribute('aria-expanded', 'false')
  }

  #leave(): void {
    this.#dialog?.close()
    this.#close()
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#running?.abort()
  }
}
