import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { FundstelleError } from './errors.ts'
import { systemReason } from './system-reason.ts'

/** A larger file is none. The German thesaurus of LibreOffice has 28 MB. */
const BYTES_MAX = 100_000_000
/** Of a word at most so many: of common words some have hundreds in all senses. */
const SYNONYMS_MAX = 40
const VERSION_LENGTH = 16
const LINE_FEED = 10
/** A word and how many senses it has. */
const HEAD = /^(.*)\|(\d{1,4})$/
/** What stands in parentheses tells of a word: (ugs.), (Oberbegriff). */
const REMARK = / ?\([^()]*\)/gu
/** Words of these remarks do not mean the same. */
const OTHER_MEANING = /[( ,](?:Oberbegriff|Unterbegriff|Assoziation|Antonym)\)/u
/** One word; what has several is left out. */
const ONE_WORD = /^\p{L}[\p{L}-]+$/u

/**
 * A thesaurus in MyThes' format, as LibreOffice and Debian's mythes-* have it: the first line names the encoding, then for each word a line `word|senses` and a line for each
 * sense, `-|synonym|synonym …`. Only UTF-8 is read. It stays in bytes; a word's lines are read when it is asked for.
 */
export class Thesaurus {
  /** Names the file by what it says. */
  readonly version: string
  readonly #bytes: Uint8Array
  /** By word in lower case where its senses begin, and how many there are. */
  readonly #places = new Map<string, readonly [start: number, senses: number]>()

  /** @throws FundstelleError `thesaurus_unusable` */
  constructor(bytes: Uint8Array, path: string) {
    this.#bytes = bytes
    this.version = createHash('sha256').update(bytes).digest('hex').slice(0, VERSION_LENGTH)
    let start = 0
    const next = (): string => {
      const found = bytes.indexOf(LINE_FEED, start)
      const end = found < 0 ? bytes.length : found
      const line = decoder.decode(bytes.subarray(start, end))
      start = end + 1
      return line.trimEnd()
    }
    const encoding = next()
    if (encoding.toUpperCase() !== 'UTF-8') throw unusable(path, 1, encoding)
    for (let line = 2; start < bytes.length; line++) {
      const text = next()
      if (text === '') continue
      const [, word, senses] = HEAD.exec(text) ?? []
      if (word === undefined) throw unusable(path, line, text)
      this.#places.set(word.toLowerCase(), [start, Number(senses)])
      for (let sense = Number(senses); sense > 0; sense--, line++) {
        const end = bytes.indexOf(LINE_FEED, start)
        start = end < 0 ? bytes.length : end + 1
      }
    }
  }

  /** How many words it knows. */
  get size(): number {
    return this.#places.size
  }

  /** Single words that mean the same as a word in one of its senses, as they are spelt there; at most SYNONYMS_MAX. */
  synonymsOf(word: string): readonly string[] {
    const key = word.toLowerCase()
    const place = this.#places.get(key)
    if (place === undefined) return []
    let [start, left] = place
    const found = new Set<string>()
    for (; left > 0 && found.size < SYNONYMS_MAX; left--) {
      const end = this.#bytes.indexOf(LINE_FEED, start)
      const line = decoder.decode(this.#bytes.subarray(start, end < 0 ? undefined : end))
      // the first tells the kind of word
      for (const entry of line.split('|').slice(1)) {
        if (OTHER_MEANING.test(entry)) continue
        const synonym = entry.replace(REMARK, '').trim()
        if (ONE_WORD.test(synonym) && synonym.toLowerCase() !== key && found.size < SYNONYMS_MAX) found.add(synonym)
      }
      if (end < 0) break
      start = end + 1
    }
    return [...found]
  }
}

const decoder = new TextDecoder()

/** @throws FundstelleError `thesaurus_unreadable` or `thesaurus_unusable` */
export function readThesaurus(path: string): Thesaurus {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new FundstelleError('thesaurus_unreadable', { path, reason: systemReason(error) }, { cause: error })
  }
  if (bytes.length > BYTES_MAX) throw unusable(path, 1, `${Math.round(bytes.length / 1e6)} MB`)
  return new Thesaurus(bytes, path)
}

const unusable = (path: string, line: number, got: string): FundstelleError =>
  new FundstelleError('thesaurus_unusable', { path, line, got: got.slice(0, 80) })
