// What patterns of paths are made of, in the dialects of the programs that read them.

import { settingsBroken } from './site-rule.ts'

/**
 * What patterns mean. In all of them `*` stands for any characters, `?` for one, `[ab]` and `[!ab]` for one of these or none of them, and `\` takes what
 * follows as it is.
 */
export interface Dialect {
  /** `*` and `?` stand for slashes, too. */
  readonly crossesSlashes?: true
  /** `**` alone between slashes stands for any number of folders, also none; elsewhere it is a star. Else it stands for any characters. */
  readonly hasFolders?: true
  /** `{a,b}` stands for either. */
  readonly hasBraces?: true
  /** Reads classes as Hugo does, and refuses what is none or is not closed; else that is taken as it is. */
  readonly refusal?: () => Error
}

/** The patterns of `picomatch` and `micromatch`, but for those in parentheses. */
export const PICOMATCH: Dialect = { hasFolders: true, hasBraces: true }

export type Fits = (character: string) => boolean

/** Parts that mean the same are the same, but for classes and brackets. */
export type Part =
  | { readonly letter: string }
  | { readonly one: Fits }
  /** Any number of them. */
  | { readonly any: Fits }
  | { readonly either: readonly (readonly Part[])[] }

/** In characters. */
const PATTERN_LENGTH_MAX = 5000
const DEPTH_MAX = 20
const noSlash: Fits = (character) => character !== '/'
const whatever: Fits = () => true
const ONE_OF_NAME: Part = { one: noSlash }
const ONE: Part = { one: whatever }
const NAME: Part = { any: noSlash }
const ALL: Part = { any: whatever }

const letters = new Map<string, Part>()
const LETTERS_MAX = 1000

function letterPart(letter: string): Part {
  const part = letters.get(letter) ?? { letter }
  if (letters.size < LETTERS_MAX) letters.set(letter, part)
  return part
}

const SLASH = letterPart('/')
/** Folders and the slash behind them, or none. */
const FOLDERS: Part = { either: [[], [ALL, SLASH]] }
/** What lies in a folder, or that itself. */
const BELOW: Part = { either: [[], [SLASH, ALL]] }

export const tooLong = (): Error =>
  settingsBroken(
    { de: 'ein Muster ist zu lang, oder es sind zu viele', en: 'a pattern is too long, or there are too many' },
    null,
  )

/** @throws FundstelleError `site_settings_broken`, and what the dialect refuses with */
export function partsOf(pattern: string, dialect: Dialect): readonly Part[] {
  if (pattern.length > PATTERN_LENGTH_MAX) throw tooLong()
  return new PatternReader(pattern, dialect).parts()
}

class PatternReader {
  readonly #dialect: Dialect
  readonly #refusal: Dialect['refusal']
  readonly #one: Fits
  readonly #characters: readonly string[]
  #at = 0
  /** No class that begins later is closed, either. */
  #isUnclosed = false

  constructor(pattern: string, dialect: Dialect) {
    this.#dialect = dialect
    this.#refusal = dialect.refusal
    this.#one = dialect.crossesSlashes ? whatever : noSlash
    this.#characters = [...pattern]
  }

  parts(): readonly Part[] {
    const open: { readonly around: Part[]; readonly ways: Part[][] }[] = []
    let parts: Part[] = []
    for (let character = this.#peek(); character !== undefined; character = this.#peek()) {
      this.#at += 1
      const inner = open.at(-1)
      if (character === '{' && this.#dialect.hasBraces) {
        if (open.push({ around: parts, ways: [] }) > DEPTH_MAX) throw this.#refusal?.() ?? tooLong()
        parts = []
      } else if (inner !== undefined && (character === ',' || character === '}')) {
        inner.ways.push(parts)
        parts = character === ',' ? [] : [...inner.around, { either: inner.ways }]
        if (character === '}') open.pop()
      } else if (character === '*') this.#star(parts)
      else if (character === '?') parts.push(this.#dialect.crossesSlashes ? ONE : ONE_OF_NAME)
      else if (character === '[') parts.push(this.#refusal ? this.#classOfHugo(this.#refusal) : this.#class())
      else parts.push(letterPart(character === '\\' ? this.#next() : character))
    }
    for (const { around, ways } of open.reverse()) {
      if (this.#refusal) throw this.#refusal()
      parts = [...around, { letter: '{' }, ...ways.flatMap((way) => [...way, { letter: ',' }]), ...parts]
    }
    return parts
  }

  #star(parts: Part[]): void {
    const before = this.#characters[this.#at - 2]
    const from = this.#at
    while (this.#peek() === '*') this.#at += 1
    const stars = this.#at - from + 1
    const { hasFolders } = this.#dialect
    const isAlone = isEdge(before, '{') && isEdge(this.#peek(), '}')
    if (stars === 1 || (hasFolders && !isAlone)) parts.push(this.#dialect.crossesSlashes ? ALL : NAME)
    else if (hasFolders) this.#folders(parts)
    else parts.push(ALL)
  }

  /** Two stars alone between slashes; several such mean what one does. */
  #folders(parts: Part[]): void {
    if (parts.at(-1) === FOLDERS) parts.pop()
    if (this.#peek() === '/') {
      this.#at += 1
      parts.push(FOLDERS)
    } else if (parts.at(-1) === SLASH) {
      parts.pop()
      parts.push(BELOW)
    } else parts.push(ALL)
  }

  #class(): Part {
    const from = this.#at
    const isNot = this.#peek() === '!' || this.#peek() === '^'
    if (isNot) this.#at += 1
    const ranges: (readonly [low: string, high: string])[] = []
    for (let one = this.#peek(); !this.#isUnclosed; one = this.#peek()) {
      this.#at += 1
      if (one === ']' && ranges.length > 0) return { one: this.#fitsOne(isNot, ranges) }
      const low = one === '\\' ? this.#next() : one
      const [dash, high] = this.#characters.slice(this.#at, this.#at + 2)
      if (low === undefined) this.#isUnclosed = true
      else if (dash === '-' && high !== undefined && high !== ']') {
        ranges.push([low, high])
        this.#at += 2
      } else ranges.push([low, low])
    }
    this.#at = from
    return { letter: '[' }
  }

  #fitsOne(isNot: boolean, ranges: readonly (readonly [low: string, high: string])[]): Fits {
    return (character) =>
      this.#one(character) && ranges.some(([low, high]) => character >= low && character <= high) !== isNot
  }

  /** One range, or a list. */
  #classOfHugo(refusal: () => Error): Part {
    const isNot = this.#peek() === '!'
    if (isNot) this.#at += 1
    const [low, dash, high, end] = this.#characters.slice(this.#at, this.#at + 4)
    let fits: Fits
    if (dash === '-' && high !== undefined && high !== ']') {
      if (end !== ']' || low === undefined || low > high) throw refusal()
      this.#at += 4
      fits = (character) => character >= low && character <= high
    } else {
      let listed = ''
      for (let one = this.#next(); one !== ']'; one = this.#next()) listed += one === '\\' ? this.#next() : one
      if (listed === '') throw refusal()
      fits = (character) => listed.includes(character)
    }
    return { one: isNot ? (character) => !fits(character) : fits }
  }

  #peek(): string | undefined {
    return this.#characters[this.#at]
  }

  #next(): string {
    const character = this.#peek()
    if (character === undefined && this.#refusal) throw this.#refusal()
    this.#at += 1
    return character ?? '\\'
  }
}

/** Whether stars beside a character are alone between slashes. */
const isEdge = (character: string | undefined, brace: string): boolean =>
  character === undefined || character === '/' || character === ',' || character === brace
