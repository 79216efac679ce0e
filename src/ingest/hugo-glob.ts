// Patterns as Hugo has them, compiled to states that a text is walked through once: settings are no code to be trusted with a regular
// expression, and no alternatives are written out. A walk takes at most the length of the pattern times that of the text.

import type { HugoGlob } from './hugo-pages.ts'
import { settingsBroken } from './site-rule.ts'

type Fits = (character: string) => boolean

type Part =
  | { readonly letter: string }
  | { readonly one: Fits }
  /** Any number of them. */
  | { readonly any: Fits }
  | { readonly either: readonly (readonly Part[])[] }

interface State {
  /** What takes a step further, to the one that follows; null where none is needed. */
  readonly fits: Fits | null
  readonly next: readonly number[]
}

/** In characters. */
const PATTERN_LENGTH_MAX = 5000
/** Of the settings of a site and all its sections. */
const SITE_LENGTH_MAX = 10_000
const DEPTH_MAX = 20
/** Of one list. */
const PATTERNS_MAX = 300
const END = 0
const noSlash: Fits = (character) => character !== '/'
const whatever: Fits = () => true
const never: Fits = () => false

/**
 * `*` stands for any characters but a slash, `**` for any, `?` for one that is no slash, `[ab]` and `[a-f]` for one of these, `[!ab]` and `[!a-f]`
 * for one that is none of them, `{a,b}` for either, `\` takes what follows as it is.
 * @throws FundstelleError `site_settings_broken` where Hugo takes the pattern for none, too
 * @see https://gohugo.io/quick-reference/glob-patterns/
 */
export function hugoGlob(pattern: string): HugoGlob {
  if (pattern.length > PATTERN_LENGTH_MAX) throw tooLong()
  const parts = new PatternReader(pattern).parts(0)
  const states: State[] = [{ fits: never, next: [] }]
  const start = linked(parts, END, states)
  const beginning = beginningOf(parts)
  const walk = new Walk(states)
  return { matches: (text) => text.startsWith(beginning) && walk.leadsToEnd(start, text) }
}

/** The patterns of a site: each of its files may be compared with all of them. */
export class SitePatterns {
  #length = 0

  /** @throws FundstelleError `site_settings_broken` also where they are too many together */
  glob(pattern: string): HugoGlob {
    this.#length += pattern.length
    if (this.#length > SITE_LENGTH_MAX)
      throw settingsBroken(
        {
          de: `die Muster der Website haben zusammen über ${SITE_LENGTH_MAX} Zeichen`,
          en: `the patterns of the site have more than ${SITE_LENGTH_MAX} characters together`,
        },
        null,
      )
    return hugoGlob(pattern)
  }
}

/** Adds states for parts, the last of which lead to a state. @returns the first of them */
function linked(parts: readonly Part[], to: number, states: State[]): number {
  let next = to
  for (const part of [...parts].reverse()) {
    if ('letter' in part) next = states.push({ fits: isOneOf(part.letter), next: [next] }) - 1
    else if ('one' in part) next = states.push({ fits: part.one, next: [next] }) - 1
    else if ('any' in part) {
      const loop = states.length
      states.push({ fits: null, next: [loop + 1, next] }, { fits: part.any, next: [loop] })
      next = loop
    } else {
      const ways = part.either.map((way) => linked(way, next, states))
      next = states.push({ fits: null, next: ways }) - 1
    }
  }
  return next
}

/** What every text begins with that is meant: most texts are none, and that is told at once. */
function beginningOf(parts: readonly Part[]): string {
  const end = parts.findIndex((part) => !('letter' in part))
  return (end < 0 ? parts : parts.slice(0, end)).map((part) => ('letter' in part ? part.letter : '')).join('')
}

/** A hot loop: its lists are kept. */
class Walk {
  readonly #states: readonly State[]
  /** In which step each state was reached last. */
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
    this.#reached.fill(0)
    this.#step = 1
    this.#here.length = 0
    this.#reach(start, this.#here)
    for (const character of text) {
      this.#step += 1
      this.#next.length = 0
      for (const at of this.#here) {
        const { fits, next } = this.#states[at] as State
        if (fits?.(character)) this.#reach(next[0] as number, this.#next)
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

class PatternReader {
  readonly #pattern: string
  readonly #characters: readonly string[]
  #at = 0

  constructor(pattern: string) {
    this.#pattern = pattern
    this.#characters = [...pattern.toLowerCase()]
  }

  /** @param depth in how many brackets they stand, which end them */
  parts(depth: number): readonly Part[] {
    const parts: Part[] = []
    for (let character = this.#peek(); character !== undefined; character = this.#peek()) {
      if (depth > 0 && (character === ',' || character === '}')) return parts
      this.#at += 1
      if (character === '*') parts.push({ any: this.#takesStar() ? whatever : noSlash })
      else if (character === '?') parts.push({ one: noSlash })
      else if (character === '[') parts.push({ one: this.#class() })
      else if (character === '{') parts.push({ either: this.#ways(depth + 1) })
      else parts.push({ letter: character === '\\' ? this.#next() : character })
    }
    return parts
  }

  #ways(depth: number): readonly (readonly Part[])[] {
    const ways: (readonly Part[])[] = []
    if (depth > DEPTH_MAX) throw this.#broken()
    for (;;) {
      ways.push(this.parts(depth))
      if (this.#next() === '}') return ways
    }
  }

  /** Whether further stars follow the first. */
  #takesStar(): boolean {
    const from = this.#at
    while (this.#peek() === '*') this.#at += 1
    return this.#at > from
  }

  #class(): Fits {
    const isNot = this.#peek() === '!'
    if (isNot) this.#at += 1
    const [low, dash, high, end] = this.#characters.slice(this.#at, this.#at + 4)
    let fits: Fits
    if (dash === '-' && high !== undefined && high !== ']') {
      if (end !== ']' || low === undefined || low > high) throw this.#broken()
      this.#at += 4
      fits = (character) => character >= low && character <= high
    } else {
      let listed = ''
      for (let one = this.#next(); one !== ']'; one = this.#next()) listed += one === '\\' ? this.#next() : one
      if (listed === '') throw this.#broken()
      fits = isOneOf(listed)
    }
    return isNot ? (character) => !fits(character) : fits
  }

  #peek(): string | undefined {
    return this.#characters[this.#at]
  }

  #next(): string {
    const character = this.#peek()
    if (character === undefined) throw this.#broken()
    this.#at += 1
    return character
  }

  #broken(): Error {
    const shown = this.#pattern.slice(0, 100)
    return settingsBroken(
      { de: `„${shown}“ ist kein Muster, das Hugo kennt`, en: `“${shown}” is no pattern that Hugo knows` },
      null,
    )
  }
}

const isOneOf =
  (characters: string): Fits =>
  (character) =>
    characters.includes(character)

/**
 * Which names a list of patterns means: each adds to them, one that begins with `! ` takes away, and where that is the first, of all.
 * @throws FundstelleError `site_settings_broken`
 */
export function namesMeant(patterns: readonly string[]): (names: readonly string[]) => readonly string[] {
  if (patterns.length > PATTERNS_MAX) throw tooLong()
  const steps = patterns.map((pattern) => {
    const isNot = pattern.startsWith(NOT)
    return { isNot, glob: hugoGlob(isNot ? pattern.slice(NOT.length) : pattern) }
  })
  return (names) =>
    names.filter((name) => {
      let isMeant = steps[0]?.isNot === true
      for (const { isNot, glob } of steps) if (isMeant === isNot && glob.matches(name)) isMeant = !isNot
      return isMeant
    })
}

/** What begins a pattern of what is not meant. */
export const NOT = '! '

const tooLong = (): Error =>
  settingsBroken(
    { de: 'ein Muster ist zu lang, oder es sind zu viele', en: 'a pattern is too long, or there are too many' },
    null,
  )
