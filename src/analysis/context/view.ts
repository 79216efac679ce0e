import type { Alias, AliasKind, Word } from '../word/word.ts'
import type { WordAnalyzer } from '../word/word-analyzer.ts'

/** The tokens of a text, as rules about neighbouring words see them; and where they leave what they found. */
export class View {
  readonly text: string
  readonly count: number
  readonly words: readonly Word[]
  readonly analyzer: WordAnalyzer
  /** By token. */
  readonly found = new Map<number, Alias[]>()
  readonly #starts: Uint32Array
  readonly #ends: Uint32Array

  constructor(
    text: string,
    tokens: { starts: Uint32Array; ends: Uint32Array; words: readonly Word[] },
    analyzer: WordAnalyzer,
  ) {
    this.text = text
    this.words = tokens.words
    this.count = tokens.words.length
    this.analyzer = analyzer
    this.#starts = tokens.starts
    this.#ends = tokens.ends
  }

  word(token: number): Word | undefined {
    return this.words[token]
  }

  start(token: number): number {
    return this.#starts[token] as number
  }

  end(token: number): number {
    return this.#ends[token] as number
  }

  /** Whether a token has any of these traits. */
  has(token: number, traits: number): boolean {
    return ((this.words[token]?.traits ?? 0) & traits) !== 0
  }

  /** What stands between a token and the next one, or the end of the text; at most so many characters of it. */
  after(token: number, length = GAP_MAX): string {
    const end = this.end(token)
    const next = token + 1 < this.count ? this.start(token + 1) : this.text.length
    return this.text.slice(end, Math.min(next, end + length))
  }

  /** Whether nothing but one space, or none with `glued`, parts a token from the next. */
  isNextTo(token: number, glued = false): boolean {
    if (token + 1 >= this.count) return false
    const gap = this.start(token + 1) - this.end(token)
    return (glued && gap === 0) || (gap === 1 && SPACE.test(this.text[this.end(token)] as string))
  }

  /** Whether a plain space and nothing else parts a token from the next, as nearly everywhere. */
  isSpaced(token: number): boolean {
    const end = this.end(token)
    return token + 1 < this.count && this.start(token + 1) - end === 1 && this.text.charCodeAt(end) === BLANK
  }

  /** Puts a further term at the first of these tokens; at the others it is not counted. */
  add(kind: AliasKind, term: string, tokens: readonly number[]): void {
    for (const [i, token] of tokens.entries()) {
      const aliases = this.found.get(token) ?? []
      if (aliases.length >= ALIASES_MAX || aliases.some((alias) => alias.term === term)) continue
      aliases.push(i === 0 ? { kind, term } : { kind, term, isUncounted: true })
      this.found.set(token, aliases)
    }
  }
}

const BLANK = 0x20
const GAP_MAX = 8
const ALIASES_MAX = 4
const SPACE = /[ \u00a0\u202f\u2009\n]/
