// Patterns as Hugo has them, compiled to states that a text is walked through once: settings are no code to be trusted with a regular
// expression, and no alternatives are written out. A walk takes at most the length of the pattern times that of the text.

import type { HugoGlob } from './hugo-pages.ts'
import { settingsBroken } from './site-rule.ts'

type Fits = (character: string) => boolean

type Part =
  | { readonly one: Fits }
  /** Any number of them. */
  | { readonly any: Fits }
  | { readonly either: readonly (readonly Part[])[] }

interface State {
  /** What takes a step further; null where none is needed. */
  readonly fits: Fits | null
  readonly next: readonly number[]
}

/** In characters. */
const PATTERN_LENGTH_MAX = 5000
/** Of the settings of a site and all its sections. */
const SITE_LENGTH_MAX = 20_000
const DEPTH_MAX = 20
/** Of one list. */
const PATTERNS_MAX = 300
const END = 0
const noSlash: Fits = (character) => character !== '/'
const whatever: Fits = () => true

/**
 * `*` stands for any characters but a slash, `**` for any, `?` for one that is no slash, `[ab]` and `[a-f]` for one of these, `[!ab]` and `[!a-f]`
 * for one that is none of them, `{a,b}` for either, `\` takes what follows as it is.
 * @throws FundstelleError `site_settings_broken` where Hugo takes the pattern for none, too
 * @see https://gohugo.io/quick-reference/glob-patterns/
 */
export function hugoGlob(pattern: string): HugoGlob {
  if (pattern.length > PATTERN_LENGTH_MAX) throw tooLong()
  const parts = new PatternReader(pattern).parts(0)
  const states: State[] = [{ fits: null, next: [] }]
  const start = linked(parts, END, states)
  return { matches: (text) => walk(states, start, text.toLowerCase()) }
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
    if ('one' in part) next = states.push({ fits: part.one, next: [next] }) - 1
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

function walk(states: readonly State[], start: number, text: string): boolean {
  let here = reached(states, [start])
  for (const character of text) {
    const next: number[] = []
    for (const at of here) {
      const state = states[at] as State
      if (state.fits?.(character)) next.push(...state.next)
    }
    if (next.length === 0) return false
    here = reached(states, next)
  }
  return here.has(END)
}

/** All that is reached without a step. */
function reached(states: readonly State[], from: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>(from)
  // a set is walked through with what is added meanwhile
  for (const at of found) {
    const { fits, next } = states[at] as State
    if (fits === null) for (const way of next) found.add(way)
  }
  return found
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
      else parts.push({ one: isOneOf(character === '\\' ? this.#next() : character) })
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
