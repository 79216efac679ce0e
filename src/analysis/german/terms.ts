// The room `analysis/german`: the rules of German, from the form of a word to what it is indexed under, and the parts of compounds. It
// imports `analysis/lexicon` and alone knows the stemmer; it sees one word at a time.

import type { Lexicon } from '../lexicon/lexicon.ts'
import { adjectiveOf } from './adjectives.ts'
import type { CompoundSplitter } from './compounds.ts'
import { fold } from './fold.ts'
import { IRREGULAR_ADJECTIVES } from './irregular-forms.ts'
import { type BaseForm, NounForms } from './nouns.ts'
import { withoutTriples } from './orthography.ts'
import { KEPT_AS_WRITTEN } from './protected-words.ts'
import { stem } from './stem.ts'
import { isStopTerm } from './stopwords.ts'
import { VerbForms } from './verbs.ts'

const IN_LN_OR_RN = /[er][lr]n$/

/** What one word is taken for. */
export interface Lemma {
  /** What it is indexed under. */
  readonly term: string
  /** The term of the verb that it may be a form of, where that is another: stand → steh, abgesagten → absag. */
  readonly verbLemma: string | null
  /** The infinitive that it is, or may be, a form of. */
  readonly verb: string | null
  /** What the term was made of, where that is not the word as it stands, and why. */
  readonly basis: LemmaSource | null
}

/** Why a word stands for another, or for itself. */
export interface LemmaSource {
  readonly rule: 'protected' | 'adjective' | 'noun' | 'participle' | 'verb' | 'abbreviation'
  readonly word: string
  readonly stemmed: boolean
}

/** From words to terms: protected words, then verbs, adjectives and nouns led to their basic forms, then folding and stem. */
export class TermFinder {
  readonly #lexicon: Lexicon
  readonly #verbs: VerbForms
  readonly #nouns: NounForms

  constructor(lexicon: Lexicon, splitter: CompoundSplitter) {
    this.#lexicon = lexicon
    this.#verbs = new VerbForms(lexicon)
    this.#nouns = new NounForms(lexicon, splitter)
  }

  /**
   * @param key lower case, NFC, ss for ß
   * @returns null where the lexicon knows nothing of the word: another spelling of it may do better
   */
  known(key: string): Lemma | null {
    const kept = KEPT_AS_WRITTEN.get(key)
    if (kept !== undefined) return this.#read('protected', { word: kept, stemmed: false })
    const irregular = IRREGULAR_ADJECTIVES.get(key)
    if (irregular !== undefined) return this.#read('adjective', { word: irregular, stemmed: true })
    const adjective = adjectiveOf(key)
    if (adjective !== null) return this.#read('adjective', adjective)
    const plural = this.#nouns.irregular(key)
    if (plural !== null) return this.#read('noun', plural)
    const participle = this.#verbs.ofPresentParticiple(key)
    // an adjective: else each would meet every form of the verb and of its nouns
    if (participle !== null)
      return this.#read('participle', { word: participle.participle, stemmed: false }, participle.infinitive)
    const verb = this.#verbs.of(key)
    if (verb !== null && !verb.alsoNoun)
      return this.#read('verb', this.#basisOf(verb.infinitive), verb.other, verb.infinitive)
    const base = this.#nouns.baseOf(key)
    const infinitive = verb?.infinitive ?? this.#verbs.ofDeclinedParticiple(key)
    if (base === null && infinitive === null) return null
    return this.#read('noun', base ?? { word: key, stemmed: true }, infinitive ?? undefined, verb?.infinitive)
  }

  /** The verb, in the infinitive, or the adjective that a word is nothing but a form of. */
  formOf(key: string): string | null {
    const verb = this.#verbs.of(key)
    if (verb !== null) return verb.alsoNoun ? null : verb.infinitive
    return adjectiveOf(key)?.word ?? IRREGULAR_ADJECTIVES.get(key) ?? null
  }

  /** @param infinitive of the verb whose term is a further one @param verb the infinitive that it is, or may be, a form of */
  #read(rule: LemmaSource['rule'], base: BaseForm, infinitive?: string, verb: string | null = null): Lemma {
    const { word, stemmed } = base
    const term = this.#ofBase(word, stemmed)
    const verbLemma = infinitive === undefined ? null : this.#ofVerb(infinitive)
    return { term, verbLemma: verbLemma === term ? null : verbLemma, verb, basis: { rule, word, stemmed } }
  }

  /** Whether the lexicon has the word: as a noun, a last part of others, or a form of a verb. */
  isKnown(key: string): boolean {
    return this.#lexicon.isNounOrLast(key) || this.#verbs.of(key) !== null
  }

  /** The term of a word of which nothing is known. Empty where folding leaves nothing. */
  unknown(key: string): string {
    return this.#ofBase(key, true)
  }

  /** The term of a function word. */
  unstemmed(key: string): string {
    return this.#fold(key)
  }

  /** wandern → wander, sammeln → sammel: the stemmer would cut wand and leave sammeln. A plural's dative stays with it: gliedern. */
  #basisOf(infinitive: string): BaseForm {
    const isShort = IN_LN_OR_RN.test(infinitive)
    if (!isShort || (infinitive.endsWith('ern') && this.#nouns.isPlural(infinitive.slice(0, -1))))
      return { word: infinitive, stemmed: true }
    return { word: infinitive.slice(0, -1), stemmed: false }
  }

  #ofVerb(infinitive: string): string {
    const { word, stemmed } = this.#basisOf(infinitive)
    return this.#ofBase(word, stemmed)
  }

  #ofBase(word: string, stemmed: boolean): string {
    const folded = this.#fold(word)
    const term = stemmed ? stem(folded) || folded : folded
    // Seite is not seit, Sicherheit not sich, Kanne not kann
    return isStopTerm(term) ? `${term}e` : term
  }

  #fold(word: string): string {
    return fold(withoutTriples(word))
  }
}
