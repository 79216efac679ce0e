/** Where an end begins, and where text goes on behind it. */
export interface End {
  readonly from: number
  readonly to: number
}

/**
 * Finds what ends marks in a text. An end that lies ahead is not looked for anew, so that all searches together take linear time,
 * however many marks wait for one end. Places must be asked for in their order.
 */
export class NextEnds {
  readonly #text: string
  /** By the mark; null where it does not come again. */
  readonly #known = new Map<string, End | null>()

  constructor(text: string) {
    this.#text = text
  }

  /** The first end from this place on. */
  after(mark: string | RegExp, at: number): End | null {
    const known = this.#known.get(String(mark))
    if (known === null || (known !== undefined && known.from >= at)) return known
    const end = typeof mark === 'string' ? this.#placeOf(mark, at) : this.#matchOf(mark, at)
    this.#known.set(String(mark), end)
    return end
  }

  #placeOf(mark: string, at: number): End | null {
    const from = this.#text.indexOf(mark, at)
    return from < 0 ? null : { from, to: from + mark.length }
  }

  #matchOf(mark: RegExp, at: number): End | null {
    const search = new RegExp(mark, 'g')
    search.lastIndex = at
    const found = search.exec(this.#text)
    return found === null ? null : { from: found.index, to: search.lastIndex }
  }
}
