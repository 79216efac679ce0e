#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { HEAD_BITS, headClass, INFINITIVE, Lexicon, TAIL_SHIFT, tailClass, WORD, WORD_LENGTH_MAX } from '../analysis/lexicon.ts'
import { NOUN, OTHER, productivityOf } from './productivity.ts'

/**
 * Compiles the list of words into what the analysis reads (see ../analysis/lexicon.ts). Runs once, after the build.
 * usage: node dist/lexicon/compile.js FILE
 */
const [target] = process.argv.slice(2)
if (target === undefined) throw new Error('usage: compile.js FILE')
const list = createRequire(import.meta.url).resolve('all-the-german-words/woerter.json')
const kinds = kindsOf(JSON.parse(readFileSync(list, 'utf8')) as string[])
const lexicon = Lexicon.of(entriesOf(kinds))
writeFileSync(target, lexicon.toBytes())

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
  for (const [head, count] of heads) add(head, headClass(count))
  for (const [tail, count] of tails) add(tail, tailClass(count) << TAIL_SHIFT)
  for (const [word, kind] of kinds) {
    if ((kind & NOUN) !== 0 && word.length >= 4 && word.length <= 16 && !isCompound(word, heads, tails)) add(word, WORD)
    // only verbs have a present participle
    if ((kind & OTHER) !== 0 && /(?:en|[er][lr]n)$/.test(word) && kinds.has(`${word}d`)) add(word, INFINITIVE)
  }
  return entries
}

/** Whether a word falls into two productive parts: then it need not be known as one. */
function isCompound(word: string, heads: ReadonlyMap<string, number>, tails: ReadonlyMap<string, number>): boolean {
  for (let at = 3; at <= word.length - 4; at++) {
    if ((heads.get(word.slice(0, at)) ?? 0) >= 20 && (tails.get(word.slice(at)) ?? 0) >= 20) return true
  }
  return false
}
void HEAD_BITS
