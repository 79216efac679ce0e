import { Turns } from '../turns.ts'
import { ask, Failure } from './client.ts'
import { make } from './elements.ts'
import { isHotkey, isTypingElsewhere, keyNameOf } from './hotkey.ts'
import { type Links, optionsOf, pageFor } from './options.ts'
import { View } from './view.ts'
import { WORDS, type Words } from './words.ts'

/** After so long without an answer the box says that it is searching. */
const WAITING_MS = 400
const LIMIT = 6

let count = 0

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
  readonly #turns = new Turns()
  #view!: View
  #isComposing = false
  #shownQuery = ''
  #listening: AbortController | undefined

  connectedCallback(): void {
    // moved elsewhere, it is the same box
    if (this.#view === undefined) this.#build()
    else this.#rebuild()
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
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (this.#listening === undefined || !this.isConnected || before === now) return
    if (ASKED.includes(name)) this.#typed()
    else this.#rebuild()
  }

  override focus(options?: FocusOptions): void {
    this.#view.focus(options)
  }

  // attributes

  get #words(): Words {
    const lang = this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang
    return /^en/i.test(lang) ? WORDS.en : WORDS.de
  }

  get #keys(): string {
    return this.getAttribute('hotkey') ?? 'mod+k /'
  }

  #linksFor(query: string): Links {
    return {
      words: this.#words,
      server: (this.getAttribute('server') ?? HOME).replace(/\/+$/, ''),
      query,
      marks: this.getAttribute('mark') !== 'off',
      form: this.querySelector('form'),
    }
  }

  // what it is made of

  /** Made anew; what was typed and where the focus was stays. */
  #rebuild(): void {
    const typed = this.#view.parts.input.value
    const isFocused = this.#view.isFocused
    this.#build()
    this.#view.parts.input.value = typed
    if (isFocused) this.#view.focus()
    this.#typed()
  }

  #build(): void {
    this.#turns.stop()
    const words = this.#words
    this.#view = new View(this.#root, {
      words,
      id: `fundstelle-${++count}`,
      placeholder: this.getAttribute('placeholder') ?? words.placeholder,
      isDialog: this.getAttribute('mode') === 'dialog',
      keyName: keyNameOf(this.#keys, words.control),
    })
    this.#listen(this.#view)
  }

  #listen(view: View): void {
    const { form, input, panel, list, dialog, opener } = view.parts
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
    panel.addEventListener('mousedown', (event) => {
      if (!(event.target as Element).closest('button')) event.preventDefault()
    })
    list.addEventListener('click', (event) => {
      const option = (event.target as Element).closest<HTMLAnchorElement>('[role=option]')
      if (option !== null) this.#select(option, event)
    })
    opener?.addEventListener('click', () => view.focus())
    dialog?.addEventListener('close', () => view.close())
    dialog?.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close()
    })
  }

  // what is typed

  #typed(): void {
    if (this.#isComposing) return
    this.#view.listbox.choose(-1)
    const query = this.#view.parts.input.value
    if (query.trim() === '') this.#clear()
    else this.#turns.soon(() => this.#search(query))
  }

  #clear(): void {
    this.#turns.stop()
    this.#shownQuery = ''
    this.#view.clear()
  }

  async #search(query: string): Promise<void> {
    const signal = this.#turns.begin()
    const links = this.#linksFor(query)
    const { words, server } = links
    const parameters: Record<string, string> = {
      q: query,
      limit: this.getAttribute('limit') ?? String(LIMIT),
      lang: words.lang,
    }
    const filter = this.getAttribute('filter')
    if (filter) parameters['filter'] = filter
    const waiting = setTimeout(() => this.#view.message(words.waiting), WAITING_MS)
    signal.addEventListener('abort', () => clearTimeout(waiting))
    try {
      const answer = await ask(server, parameters, signal)
      if (signal.aborted) return
      this.#shownQuery = query
      this.#view.listbox.fill(optionsOf(answer, links))
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
    const again = make('button', { part: 'retry', type: 'button' }, words.again)
    again.addEventListener('click', () => {
      const { input } = this.#view.parts
      input.focus()
      this.#search(input.value)
    })
    this.#view.listbox.fill([])
    this.#view.message(words[error instanceof Failure ? error.says : 'failed'], make('br'), again)
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
      if (key === 'Tab') this.#view.close()
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
    if (event.defaultPrevented || event.isComposing || this.getClientRects().length === 0) return
    if (!isHotkey(event, this.#keys) || (event.key === '/' && isTypingElsewhere(event))) return
    event.preventDefault()
    this.focus()
    this.#view.parts.input.select()
  }

  // where it leads

  /** What a click on an option or Enter does; a click that opens a tab is the browser's own. */
  #select(option: HTMLAnchorElement, event: MouseEvent | KeyboardEvent): void {
    const { meant, hit } = option.dataset
    const inTab = event.ctrlKey || event.metaKey || event.shiftKey
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
    if (query !== '') this.#go(pageFor(query, this.#linksFor(query)), inTab)
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
