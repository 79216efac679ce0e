import { Turns } from '../shared/turns.ts'
import { isLetter } from '../shared/typing.ts'
import { linksOf } from './addresses.ts'
import { ask, Failure } from './client.ts'
import { make } from './elements.ts'
import { tell } from './events.ts'
import { optionsOf } from './options.ts'
import type { View } from './view.ts'
import type { Words } from './words.ts'

/** After so long without an answer the box says that it is searching. */
const WAITING_MS = 400
const LIMIT = 6

/** Searches while somebody types, and shows what comes back. */
export class LiveSearch {
  /** Says by its attributes what is searched, and gets the events. */
  readonly #element: Element
  readonly #turns = new Turns()
  /** What is shown now; another one in another mode. */
  view: View
  /** An input method has not finished its word. */
  isComposing = false
  /** The query whose answer is shown; empty where none is, or it may be out of date. */
  shownQuery = ''

  constructor(element: Element, view: View) {
    this.#element = element
    this.view = view
  }

  /** What is in the input is searched as soon as it is this search's turn; nothing and single letters are not. */
  typed(): void {
    if (this.isComposing) return
    this.view.listbox.choose(-1)
    const query = this.view.parts.input.value
    if (query.trim() === '' || isLetter(query)) this.clear()
    else this.#turns.soon(() => this.search(query))
  }

  clear(): void {
    this.#turns.stop()
    this.shownQuery = ''
    this.view.clear()
  }

  /** Nothing that was asked counts any more. */
  stop(): void {
    this.#turns.stop()
    this.isComposing = false
  }

  async search(query: string): Promise<void> {
    const signal = this.#turns.begin()
    const links = linksOf(this.#element)
    const { words, server, filter } = links
    const parameters: Record<string, string> = {
      q: query,
      limit: this.#element.getAttribute('limit') ?? String(LIMIT),
      lang: words.lang,
      // a word that is begun is no slip
      typing: 'true',
    }
    if (filter !== null) parameters['filter'] = filter
    const waiting = setTimeout(() => this.view.message(words.waiting), WAITING_MS)
    signal.addEventListener('abort', () => clearTimeout(waiting))
    try {
      const answer = await ask(server, parameters, signal)
      if (signal.aborted) return
      const { view } = this
      this.shownQuery = query
      view.listbox.fill(optionsOf(answer, query, links))
      const { totalHits } = answer
      view.parts.message.textContent = totalHits === 0 ? words.none(query) : ''
      view.say(totalHits === 0 ? words.none(query) : words.hits(totalHits))
      tell(this.#element, 'fundstelle-search', { query, totalHits })
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
    const { view } = this
    view.listbox.fill([])
    // what was refused once will be again
    if (says === 'refused') {
      view.message(words[says])
      return
    }
    const again = make('button', { part: 'retry', type: 'button' }, words.again)
    again.addEventListener('click', () => {
      const { input } = this.view.parts
      input.focus()
      this.search(input.value)
    })
    view.message(words[says], make('br'), again)
  }
}
