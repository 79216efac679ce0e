// The room `lexicon-compiler`: runs at build time alone, and makes the compiled lexicon of the list of words. It imports
// `analysis/lexicon` and `analysis/german`; nothing imports it.

import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import {
  INFINITIVE,
  Lexicon,
  productivityClass,
  TAIL_SHIFT,
  WORD,
  WORD_LENGTH_MAX,
} from '../analysis/lexicon/lexicon.ts'
import { NOUN, OTHER, productivityOf } from './productivity.ts'

/**
 * Compiles the list of words into what the analysis reads (see ../analysis/lexicon/lexicon.ts), where the list or these programs are
 * newer than what is there. The file's time then says when the build was complete.
 * usage: node dist/lexicon-compiler/compile.js FILE
 */
const PROGRAMS = /^(?:compile|productivity|lexicon|substring-hashes|compounds|compound-rules)\.js$/
const LONGEST_SIMPLE_WORD = 16
const SHORTEST_WORD = 3
const PART_MIN = 3
const TAIL_MIN = 4
/** Parts of so many compounds are known well enough to tell a compound. */
const WELL_KNOWN = 20

const [target] = process.argv.slice(2)
if (target === undefined) throw new Error('usage: compile.js FILE')
const list = createRequire(import.meta.url).resolve('all-the-german-words/woerter.json')
if (isUpToDate(target)) utimesSync(target, new Date(), new Date())
else writeFileSync(target, Lexicon.of(entriesOf(kindsOf(JSON.parse(readFileSync(list, 'utf8')) as string[]))).toBytes())

function isUpToDate(file: string): boolean {
  const programs = ['.', '../analysis/lexicon/', '../analysis/german/'].flatMap((folder) => {
    const place = new URL(folder, import.meta.url)
    return readdirSync(place)
      .filter((name) => PROGRAMS.test(name))
      .map((name) => new URL(name, place))
  })
  return existsSync(file) && [list, ...programs].every((source) => statSync(source).mtimeMs < statSync(file).mtimeMs)
}

/** The words of the list that are written with letters alone, as keys, and how they are used. */
function kindsOf(list: readonly string[]): Map<string, number> {
  const kinds = new Map<string, number>()
  for (const word of list) {
    if (!/^[A-ZÄÖÜa-zäöüß][a-zäöüßéèàâêçñ]+$/.test(word)) continue
    const key = word.toLowerCase().replaceAll('ß', 'ss')
    kinds.set(key, (kinds.get(key) ?? 0) | (/^[A-ZÄÖÜ]/.test(word) ? NOUN : OTHER))
  }
  return kinds
}

function entriesOf(kinds: ReadonlyMap<string, number>): Map<string, number> {
  const { heads, tails } = productivityOf(kinds)
  const entries = new Map<string, number>()
  const add = (word: string, bits: number): void => {
    if (bits !== 0 && word.length <= WORD_LENGTH_MAX) entries.set(word, (entries.get(word) ?? 0) | bits)
  }
  for (const [head, count] of heads) add(head, productivityClass(count))
  for (const [tail, count] of tails) add(tail, productivityClass(count) << TAIL_SHIFT)
  for (const [word, kind] of kinds) {
    if (
      (kind & NOUN) !== 0 &&
      word.length >= SHORTEST_WORD &&
      word.length <= LONGEST_SIMPLE_WORD &&
      !isCompound(word, heads, tails)
    )
      add(word, WORD)
    if ((kind & OTHER) !== 0 && isInfinitive(word, kinds)) add(word, INFINITIVE)
  }
  return entries
}

/** Only verbs have a present participle, or all three of these forms. */
function isInfinitive(word: string, kinds: ReadonlyMap<string, number>): boolean {
  if (!/(?:en|[er][lr]n)$/.test(word)) return false
  const stem = word.replace(/e?n$/, '')
  const isVerbal = (form: string): boolean => ((kinds.get(form) ?? 0) & OTHER) !== 0
  return kinds.has(`${word}d`) || [`${stem}t`, `${stem}te`, `${stem}ten`].every(isVerbal)
}

/** Whether a word falls into two productive parts: then it need not be known as one. */
function isCompound(word: string, heads: ReadonlyMap<string, number>, tails: ReadonlyMap<string, number>): boolean {
  for (let at = PART_MIN; at <= word.length - TAIL_MIN; at++) {
    const [head, tail] = [heads.get(word.slice(0, at)) ?? 0, tails.get(word.slice(at)) ?? 0]
    if (head >= WELL_KNOWN && tail >= WELL_KNOWN) return true
  }
  return false
}
