// Patterns of paths, compiled to states that a text is walked through once: settings are no code to be trusted with a regular expression,
// and no alternatives are written out. A walk takes at most the length of the patterns times that of the text.

import { type Dialect, type Fits, type Part, partsOf, tooLong } from './glob-parts.ts'
import { notTooMany, type Pairs, type SiteRule } from './site-rule.ts'

export interface PathGlob {
  /** @param text all of it */
  matches(text: string): boolean
}

interface State {
  /** What takes a step further, to the one that follows, beside what fits; empty for none. */
  readonly letter: string
  /** Null where no step is needed. */
  readonly fits: Fits | null
  readonly next: readonly number[]
}

/** Of one list, in characters. */
const LIST_LENGTH_MAX = 50_000
const END = 0
/** Of all steps of a walk that are told apart, before they are counted anew. */
const STEPS_MAX = 2 ** 31
const never: Fits = () => false

/** @throws FundstelleError `site_settings_broken`, and what the dialect refuses with */
export function pathGlob(pattern: string, dialect: Dialect): PathGlob {
  return compiled(partsOf(pattern, dialect))
}

/** What any of the patterns means. @throws FundstelleError `site_settings_broken` */
export function pathGlobs(patterns: readonly string[], dialect: Dialect): PathGlob {
  notTooMany(patterns.length)
  if (patterns.reduce((length, one) => length + one.length, 0) > LIST_LENGTH_MAX) throw tooLong()
  return compiled([{ either: patterns.map((one) => partsOf(one, dialect)) }])
}

/** The rule of files and folders that any of the patterns means. @throws FundstelleError `site_settings_broken` */
export function globRule(patterns: readonly string[], dialect: Dialect, values: Pairs | null): SiteRule {
  const glob = pathGlobs(patterns, dialect)
  return { values, applies: (path) => glob.matches(path.endsWith('/') ? path.slice(0, -1) : path) }
}

function compiled(parts: readonly Part[]): PathGlob {
  const states: State[] = [{ letter: '', fits: never, next: [] }]
  const start = linked(parts, END, states)
  const beginning = beginningOf(parts)
  const walk = new Walk(states)
  return { matches: (text) => text.startsWith(beginning) && walk.leadsToEnd(start, text) }
}

/** Adds states for parts, the last of which lead to a state. @returns the first of them */
function linked(parts: readonly Part[], to: number, states: State[]): number {
  let next = to
  for (const part of [...parts].reverse()) {
    if ('letter' in part) next = states.push({ letter: part.letter, fits: never, next: [next] }) - 1
    else if ('one' in part) next = states.push({ letter: '', fits: part.one, next: [next] }) - 1
    else if ('any' in part) {
      const loop = states.length
      states.push({ letter: '', fits: null, next: [loop + 1, next] }, { letter: '', fits: part.any, next: [loop] })
      next = loop
    } else next = linkedEither(part.either, next, states)
  }
  return next
}

/** The same for parts of which either will do: what they begin with alike is gone through once. */
function linkedEither(ways: readonly (readonly Part[])[], to: number, states: State[]): number {
  const alike = new Map<Part | undefined, (readonly Part[])[]>()
  for (const way of ways) {
    const others = alike.get(way[0])
    if (others === undefined) alike.set(way[0], [way])
    else others.push(way)
  }
  const next = [...alike].map(([first, [way = [], ...others]]) => {
    if (first === undefined) return to
    if (others.length === 0) return linked(way, to, states)
    const length = others.reduce((least, other) => lengthAlike(way, other, least), way.length)
    const rests = [way, ...others].map((one) => one.slice(length))
    return linked(way.slice(0, length), linkedEither(rests, to, states), states)
  })
  return states.push({ letter: '', fits: null, next }) - 1
}

/** How many parts are the same at the beginning, but at most so many. */
function lengthAlike(way: readonly Part[], other: readonly Part[], most: number): number {
  let length = 0
  while (length < most && way[length] === other[length]) length += 1
  return length
}

/** What every text begins with that is meant: most texts are none, and that is told at once. */
function beginningOf(parts: readonly Part[]): string {
  const end = parts.findIndex((part) => !('letter' in part))
  return (end < 0 ? parts : parts.slice(0, end)).map((part) => ('letter' in part ? part.letter : '')).join('')
}

/** A hot loop: its lists are kept. */
class Walk {
  readonly #states: readonly State[]
  /** In which step each state was reached last, of all walks. */
  readonly #reached: Uint32Array
  #step = 0
  #here: number[] = []
  #next: number[] = []
  readonly #open: number[] = []

  constructor(states: readonly State[]) {
    this.#states = states
    this.#reached = new Uint32Array(states.length)
  }

  leadsToEnd(start: number, text: string): boolean {
    if (this.#step > STEPS_MAX) {
      this.#reached.fill(0)
      this.#step = 0
    }
    this.#step += 1
    this.#here.length = 0
    this.#reach(start, this.#here)
    for (const character of text) {
      this.#step += 1
      this.#next.length = 0
      for (const at of this.#here) {
        const { letter, fits, next } = this.#states[at] as State
        if (letter === character || fits?.(character)) this.#reach(next[0] as number, this.#next)
      }
      if (this.#next.length === 0) return false
      const here = this.#here
      this.#here = this.#next
      this.#next = here
    }
    return this.#here.includes(END)
  }

  /** Adds a state, or those that it leads to without a step. */
  #reach(from: number, found: number[]): void {
    const open = this.#open
    for (let at: number | undefined = from; at !== undefined; at = open.pop()) {
      if (this.#reached[at] === this.#step) continue
      this.#reached[at] = this.#step
      const { fits, next } = this.#states[at] as State
      if (fits === null) for (const way of next) open.push(way)
      else found.push(at)
    }
  }
}
