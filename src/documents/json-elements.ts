const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE, COMMA] = [34, 92, 91, 93, 123, 125, 44]
const BLANKS: ReadonlySet<number> = new Set([9, 10, 13, 32])

/** How a stream of JSON is wrong. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault'
}

/**
 * Cuts a stream of JSON into the elements of its outermost list, or gives its one value where it is no list. What lies between the
 * borders is not looked at: each element is still to be parsed. Linear in the bytes; keeps one element.
 * @param elementBytesMax longer elements are a fault
 */
export class JsonElements {
  readonly #elementBytesMax: number
  /** Of the element under way, from the chunks before this one. */
  #parts: Buffer[] = []
  #bytes = 0
  #state: 'start' | 'element' | 'between' | 'end' = 'start'
  #isList = false
  #depth = 0
  #isInString = false
  #isEscaped = false
  #hasElements = false
  /** A comma was the last that came. */
  #isOwed = false

  constructor(elementBytesMax: number) {
    this.#elementBytesMax = elementBytesMax
  }

  /**
   * The elements that end in this chunk.
   * @throws JsonFault
   */
  *push(chunk: Buffer): Generator<string> {
    let start = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number
      if (this.#state === 'element') {
        if (!this.#endsAt(byte)) continue
        // the byte that ends a bare value belongs to what follows
        const isBare = this.#depth < 0
        yield this.#taken(chunk.subarray(start, isBare ? at : at + 1))
        this.#depth = 0
        this.#state = this.#isList ? 'between' : 'end'
        if (!isBare) continue
      }
      if (BLANKS.has(byte)) continue
      if (this.#begins(byte)) {
        start = at
        this.#open(byte)
      }
    }
    if (this.#state === 'element') this.#keep(chunk.subarray(start))
  }

  /**
   * What is left at the end; undefined where there was nothing at all.
   * @throws JsonFault where it is not the end of a list or value
   */
  end(): string | undefined {
    const isWhole = this.#state === 'end' || (this.#state === 'element' && !this.#isList && this.#isBare)
    if (this.#state === 'start') return undefined
    if (!isWhole) throw new JsonFault('EOF while parsing')
    return this.#state === 'element' ? this.#taken(Buffer.alloc(0)) : undefined
  }

  /** Whether anything but blanks has come. */
  get isEmpty(): boolean {
    return this.#state === 'start'
  }

  get #isBare(): boolean {
    return this.#depth === 0 && !this.#isInString
  }

  /** Whether an element begins with a byte that stands outside of any. */
  #begins(byte: number): boolean {
    if (this.#state === 'end') throw new JsonFault('trailing characters')
    if (this.#state === 'start' && byte === OPEN_BRACKET) {
      this.#isList = true
      this.#state = 'between'
      return false
    }
    if (this.#state === 'between') {
      if (byte === CLOSE_BRACKET) {
        if (this.#isOwed) throw new JsonFault('trailing comma')
        this.#state = 'end'
        return false
      }
      if (byte === COMMA) {
        if (this.#isOwed || !this.#hasElements) throw new JsonFault('expected value')
        this.#isOwed = true
        return false
      }
      if (this.#hasElements && !this.#isOwed) throw new JsonFault('expected `,` or `]`')
    }
    return true
  }

  #open(byte: number): void {
    this.#state = 'element'
    this.#hasElements = true
    this.#isOwed = false
    this.#isInString = byte === QUOTE
    this.#isEscaped = false
    this.#depth = byte === OPEN_BRACE || byte === OPEN_BRACKET ? 1 : 0
  }

  /** Whether the element under way ends at a byte; a bare value ends before it, and its depth is -1 then. */
  #endsAt(byte: number): boolean {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false
      else if (byte === BACKSLASH) this.#isEscaped = true
      else if (byte === QUOTE) {
        this.#isInString = false
        return this.#depth === 0
      }
      return false
    }
    if (byte === QUOTE) this.#isInString = true
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth += 1
    else if (this.#depth > 0 && (byte === CLOSE_BRACE || byte === CLOSE_BRACKET)) {
      this.#depth -= 1
      return this.#depth === 0
    } else if (this.#depth === 0 && (byte === COMMA || byte === CLOSE_BRACKET || BLANKS.has(byte))) {
      this.#depth = -1
      return true
    }
    return false
  }

  #keep(part: Buffer): void {
    this.#bytes += part.length
    if (this.#bytes > this.#elementBytesMax)
      throw new JsonFault(`a document of more than ${this.#elementBytesMax} bytes`)
    this.#parts.push(part)
  }

  #taken(last: Buffer): string {
    this.#keep(last)
    const bytes = this.#parts.length === 1 ? last : Buffer.concat(this.#parts)
    this.#parts = []
    this.#bytes = 0
    return decoded(bytes)
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** @throws JsonFault where it is no UTF-8 */
export function decoded(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes)
  } catch (error) {
    throw new JsonFault('invalid UTF-8', { cause: error })
  }
}
