// The room `analysis/context`: what words mean together, as further terms of the words of a text. It imports numbers, the tokenizer and
// `analysis/word`; each rule is one file, looks at a few neighbours and takes constant time.

import { BANK_CODE, BEGINS_PAIR, CLOCK, CODE, DIGITS, ENDS_VERB, NUMERAL, PARTICLE } from '../word/traits.ts'
import type { Alias, Word } from '../word/word.ts'
import type { WordAnalyzer } from '../word/word-analyzer.ts'
import { dates, times } from './dates.ts'
import { fileNumbers } from './file-numbers.ts'
import { paragraphs } from './paragraphs.ts'
import { separatedVerbs } from './separated-verbs.ts'
import { completions, continuations } from './shortened.ts'
import { spacedAmpersands, spacedCodes, spacedCompounds, spacedVerbs } from './spaced-compounds.ts'
import { bankNumbers, looseGroups, phoneNumbers, thousands } from './spaced-numbers.ts'
import { units } from './units.ts'
import { View } from './view.ts'

/** Looks at one token and its neighbours; takes constant time. */
type Rule = (view: View, token: number) => void

/** Which words a rule looks at, by their traits. */
const RULES: readonly (readonly [traits: number, rule: Rule])[] = [
  [BEGINS_PAIR, spacedCompounds],
  [BEGINS_PAIR | ENDS_VERB, spacedVerbs],
  [CODE, spacedCodes],
  [CODE, spacedAmpersands],
  [BANK_CODE, bankNumbers],
  [PARTICLE, separatedVerbs],
  [DIGITS, thousands],
  [DIGITS, phoneNumbers],
  [DIGITS, looseGroups],
  [DIGITS, fileNumbers],
  [DIGITS, dates],
  [NUMERAL, units],
  [NUMERAL, paragraphs],
  [CLOCK, times],
]
const ANY = RULES.reduce((all, [traits]) => all | traits, 0)
/** The rules that look at a word, by its traits that any looks for; worked out when such a word is first met. */
const RULES_OF = new Array<readonly Rule[] | undefined>(ANY + 1)

const rulesOf = (traits: number): readonly Rule[] => {
  const known = RULES_OF[traits]
  if (known !== undefined) return known
  const rules = RULES.filter(([wanted]) => (traits & wanted) !== 0).map(([, rule]) => rule)
  RULES_OF[traits] = rules
  return rules
}

const HYPHEN = 0x2d

/** The further terms that words get from what stands around them, by token. Linear in the length of the text. */
export function aliasesOf(
  text: string,
  tokens: { starts: Uint32Array; ends: Uint32Array; words: readonly Word[] },
  analyzer: WordAnalyzer,
): ReadonlyMap<number, readonly Alias[]> {
  const view = new View(text, tokens, analyzer)
  const { words, starts, ends } = tokens
  for (let token = 0; token < words.length; token++) {
    const traits = (words[token] as Word).traits & ANY
    if (traits !== 0) for (const rule of rulesOf(traits)) rule(view, token)
    if (text.charCodeAt(ends[token] as number) === HYPHEN) completions(view, token)
    if (text.charCodeAt((starts[token] as number) - 1) === HYPHEN) continuations(view, token)
  }
  return view.found
}
