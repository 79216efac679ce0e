const SLOTS_MIN = 1024
/** So many slots are looked at. What would stand behind them is not remembered, so texts made of equal hashes cost no more than new ones. */
const PROBES_MAX = 32

/**
 * Remembers what was worked out for strings, and finds it by a stretch of a text without making a string of that: with Maps,
 * which need one, analysing a text takes a sixth longer (docs/DESIGN.md, "What does a new form cost?"). Two generations: what is
 * found in the old one moves into the young one, which becomes the old one when it is full. So what comes again and again stays.
 */
export class Memo<T> {
  readonly #youngMax: number
  #young = new Generation<T>()
  #old = new Generation<T>()

  /** @param max so many strings are held at most */
  constructor(max: number) {
    this.#youngMax = max / 2
  }

  /** What is remembered for the stretch from `start` to `end`. */
  get(text: string, start = 0, end = text.length): T | undefined {
    const hash = hashOf(text, start, end)
    const known = this.#young.find(hash, text, start, end)
    if (known >= 0) return this.#young.values[known]
    const old = this.#old.find(hash, text, start, end)
    if (old < 0) return undefined
    const value = this.#old.values[old] as T
    this.#add(hash, this.#old.keys[old] as string, value)
    return value
  }

  /**
   * Remembers a value and gives it back.
   * @param key that is not remembered yet; a slice of a text would keep that text (`ownCopy`)
   */
  put(key: string, value: T): T {
    this.#add(hashOf(key, 0, key.length), key, value)
    return value
  }

  #add(hash: number, key: string, value: T): void {
    if (this.#young.keys.length >= this.#youngMax) {
      this.#old = this.#young
      this.#young = new Generation()
    }
    this.#young.add(hash, key, value)
  }
}

/** A hash table with open addressing that grows with what is put in. */
class Generation<T> {
  readonly keys: string[] = []
  readonly values: T[] = []
  /** Pairs: the hash of a key, and one more than its number; 0 where nothing stands. */
  #slots = new Int32Array(2 * SLOTS_MIN)

  /** The number of a key; -1 where it is not there. */
  find(hash: number, text: string, start: number, end: number): number {
    const last = this.#slots.length - 1
    let slot = (hash << 1) & last
    for (let probes = 0; probes < PROBES_MAX; probes++) {
      const number = (this.#slots[slot + 1] as number) - 1
      if (number < 0) return -1
      if (this.#slots[slot] === hash && isAt(this.keys[number] as string, text, start, end)) return number
      slot = (slot + 2) & last
    }
    return -1
  }

  /** Adds a key that is not there yet. */
  add(hash: number, key: string, value: T): void {
    this.keys.push(key)
    this.values.push(value)
    // half of the slots stay empty
    if (4 * this.keys.length > this.#slots.length) this.#grow()
    place(this.#slots, hash, this.keys.length)
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length)
    for (let slot = 0; slot < this.#slots.length; slot += 2) {
      const number = this.#slots[slot + 1] as number
      if (number > 0) place(slots, this.#slots[slot] as number, number)
    }
    this.#slots = slots
  }
}

function place(slots: Int32Array, hash: number, number: number): void {
  const last = slots.length - 1
  let slot = (hash << 1) & last
  for (let probes = 0; probes < PROBES_MAX; probes++) {
    if (slots[slot + 1] === 0) {
      slots[slot] = hash
      slots[slot + 1] = number
      return
    }
    slot = (slot + 2) & last
  }
}

function isAt(key: string, text: string, start: number, end: number): boolean {
  if (key.length !== end - start) return false
  for (let i = 0; i < key.length; i++) if (key.charCodeAt(i) !== text.charCodeAt(start + i)) return false
  return true
}

/** FNV-1a over UTF-16 units, with its high bits brought down. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash ^ (hash >>> 15)
}
