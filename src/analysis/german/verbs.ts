import type { Lexicon } from '../lexicon/lexicon.ts'
import { isAt, lettersOf, withoutUmlauts } from './letters.ts'
import { type StrongForms, strongForms } from './strong-forms.ts'
import { RARE_TWINS } from './strong-verbs.ts'
import { INSEPARABLE, prefixesOf, SEPARABLE } from './verb-prefixes.ts'

/** Endings of the finite forms of regular verbs, the longest stem first; those with e only after d, t, m and n, always after d and t. */
const FINITE_ENDINGS = ['t', 'te', 'st', 'et', 'ten', 'tet', 'ete', 'est', 'test', 'eten', 'etet', 'etest'] as const
const FINITE_ENDINGS_BY_LAST: readonly (readonly string[])[] = Array.from({ length: 128 }, (_, code) =>
  FINITE_ENDINGS.filter((ending) => ending.charCodeAt(ending.length - 1) === code),
)
const TAKES_E = lettersOf('dtmn')
/** Hütte is no form of hüten, Bett none of beten. */
const NEEDS_E = lettersOf('dt')
/** These swallow the s of an ending: du fasst, not du fas-st. */
const SIBILANTS = lettersOf('sxz')
/** Stems in -er, -el, -rr and -rl may be those of verbs in -n. */
const BEFORE_L_AND_R = lettersOf('er')
const L_AND_R = lettersOf('lr')
const FIRST_PERSON_IN_LE = /(?<![aeiouäöü])le$/
const NO_ENDINGS: readonly string[] = []
const PRESENT_PARTICIPLE = /^(.+?[erl])nd(?:e[nrsm]?)?$/
const DECLENSION = /e[mnrs]?$/
const E = lettersOf('e')
const PAST_PARTICIPLE = /(?:en|t)$/
const PLURAL_BY_UMLAUT = /[äöü].*e[lnr]$/

/** The verb of a form. */
export interface VerbForm {
  readonly infinitive: string
  /** How sure that is: a form that is a noun as well (stand, macht) may be either. */
  readonly alsoNoun: boolean
  /** The infinitive of another verb that has the form too: gehört is of hören and of gehören. */
  readonly other?: string
}

/** Leads forms of verbs back to their infinitives, as far as a stemmer, which only cuts endings off, cannot. */
export class VerbForms {
  readonly #lexicon: Lexicon
  readonly #strong = strongForms()
  /** The form asked for last: terms and compounds ask for the same one after another. */
  #last = ''
  #lastVerb: VerbForm | null = null

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon
  }

  /** The verb of an infinitive, a finite form or a participle without an ending. @param key lower case, NFC, ss for ß */
  of(key: string): VerbForm | null {
    if (key === this.#last) return this.#lastVerb
    this.#lastVerb = this.#find(key)
    this.#last = key
    return this.#lastVerb
  }

  #find(key: string): VerbForm | null {
    if (key.length < 3) return null
    if (this.#lexicon.isInfinitive(key) && !RARE_TWINS.has(key)) {
      const other = key.startsWith('ge') ? this.#strong.first.get(key)?.find((verb) => verb !== key) : undefined
      return { infinitive: key, alsoNoun: false, ...(other !== undefined && { other }) }
    }
    // des Erkennens
    if (key.endsWith('ns') && this.#lexicon.isInfinitive(key, key.length - 1))
      return { infinitive: key.slice(0, -1), alsoNoun: false }
    // most words are no form of a strong verb: one look tells
    const mayBeStrong = this.#strong.endings.mayEnd(key) && this.#strongVerb(key, this.#strong.all) !== null
    const strong = mayBeStrong ? this.#strongVerb(key, this.#strong.first) : null
    if (strong !== null) return strong
    const participle = this.#participle(key)
    const regular = this.#finite(key)
    if (participle !== null) {
      const other = regular !== null && regular !== participle ? regular : undefined
      return { infinitive: participle, alsoNoun: false, ...(other !== undefined && { other }) }
    }
    if (regular !== null) return { infinitive: regular, alsoNoun: this.#isNoun(key) }
    const strange = mayBeStrong ? this.#strongVerb(key, this.#strong.last) : null
    // ich führe; by itself the ending would take in adjectives
    if (strange !== null && key.endsWith('e') && this.#lexicon.isInfinitive(key, key.length, 'n'))
      return { infinitive: `${key}n`, alsoNoun: strange.alsoNoun }
    return strange
  }

  /** Also a plural that the list has without its umlaut alone: Gärten is no form of gären. */
  #isNoun(key: string): boolean {
    if (this.#lexicon.isNoun(key)) return true
    if (!PLURAL_BY_UMLAUT.test(key)) return false
    const singular = withoutUmlauts(key)
    // neither is stünden, as des Stundens is of a verb
    return (
      this.#lexicon.isNoun(singular) &&
      this.#lexicon.isNoun(singular, singular.length, 's') &&
      !this.#lexicon.isInfinitive(singular)
    )
  }

  /** The verb of a present participle, declined or not, and the participle without its ending. */
  ofPresentParticiple(key: string): { readonly infinitive: string; readonly participle: string } | null {
    if (!mayBePresentParticiple(key)) return null
    const stem = PRESENT_PARTICIPLE.exec(key)?.[1]
    if (stem === undefined || !this.#lexicon.isInfinitive(stem, stem.length, 'n')) return null
    return { infinitive: `${stem}n`, participle: `${stem}nd` }
  }

  /** The verb of a declined past participle: abgesagten. */
  ofDeclinedParticiple(key: string): string | null {
    if (!isAt(key, key.length - 1, E) && !isAt(key, key.length - 2, E)) return null
    const participle = key.replace(DECLENSION, '')
    if (participle.length === key.length || !PAST_PARTICIPLE.test(participle)) return null
    const verb = this.of(participle)
    // Hälfte is none
    return verb === null || verb.alsoNoun || this.#strong.last.has(participle) ? null : verb.infinitive
  }

  #strongVerb(key: string, forms: StrongForms['first']): VerbForm | null {
    const [simple] = forms.get(key) ?? []
    if (simple !== undefined) return { infinitive: simple, alsoNoun: this.#isNoun(key) }
    for (const prefix of prefixesOf(key, SEPARABLE)) {
      const rest = key.slice(prefix.length)
      const verb = this.#prefixed(prefix, forms.get(rest))
      if (verb !== null)
        return { infinitive: verb, alsoNoun: this.#isNoun(key) || this.#isPlural(key) || this.#endsNouns(rest) }
      const inseparable = this.#inseparable(rest, forms)
      if (inseparable !== null && this.#lexicon.isInfinitive(prefix + inseparable.infinitive))
        return { infinitive: prefix + inseparable.infinitive, alsoNoun: inseparable.alsoNoun }
    }
    return this.#inseparable(key, forms)
  }

  /** Forms without ge-: vergab, vergeben. */
  #inseparable(key: string, forms: StrongForms['first']): VerbForm | null {
    for (const prefix of prefixesOf(key, INSEPARABLE)) {
      const rest = key.slice(prefix.length)
      const verb = this.#prefixed(prefix, forms.get(rest)) ?? this.#prefixed(prefix, forms.get(`ge${rest}`))
      if (verb !== null) return { infinitive: verb, alsoNoun: this.#isNoun(key) || this.#endsNouns(rest) }
    }
    return null
  }

  /** The first of some verbs that the lexicon has with a prefix: erwog is of erwägen, überwog of überwiegen. */
  #prefixed(prefix: string, verbs: readonly string[] | undefined): string | null {
    const verb = verbs?.find((one) => this.#lexicon.isInfinitive(prefix + one))
    return verb === undefined ? null : prefix + verb
  }

  /** Vorlagen, Antriebe: parted verbs stand together only at the end of their clause, so these are rather nouns. */
  #isPlural(key: string): boolean {
    return /en?$/.test(key) && this.#lexicon.isNoun(key, key.length - 1)
  }

  /** Auf|stand, Ein|tritt, Vor|lagen. */
  #endsNouns(simple: string): boolean {
    return this.#lexicon.isNoun(simple) && this.#lexicon.countAsLast(simple) > 0
  }

  /** gemacht, abgeholt, abzuholen. */
  #participle(key: string): string | null {
    const plain = this.#participleBehind(key, '')
    if (plain !== null) return plain
    for (const prefix of prefixesOf(key, SEPARABLE)) {
      const verb = this.#participleBehind(key, prefix)
      if (verb !== null) return verb
      if (!key.startsWith('zu', prefix.length)) continue
      const infinitive = prefix + key.slice(prefix.length + 2)
      if (this.#lexicon.isInfinitive(infinitive)) return infinitive
    }
    return null
  }

  #participleBehind(key: string, prefix: string): string | null {
    if (!key.endsWith('t') || !key.startsWith('ge', prefix.length)) return null
    const start = prefix.length
    const stem = prefix + key.slice(start + 2)
    const verb = this.#infinitiveOf(stem, start, stem.length - 1)
    return verb === null && key.endsWith('et') ? this.#infinitiveOf(stem, start, stem.length - 2) : verb
  }

  #finite(key: string): string | null {
    // ich wechsle; ich ändere would take in adjectives: die lockere, nähere
    const first = key.endsWith('le') ? key.replace(FIRST_PERSON_IN_LE, 'eln') : key
    if (this.#lexicon.isInfinitive(first)) return first
    const { length } = key
    for (const ending of FINITE_ENDINGS_BY_LAST[key.charCodeAt(length - 1)] ?? NO_ENDINGS) {
      if (!key.endsWith(ending)) continue
      const end = length - ending.length
      if (ending.startsWith('e') ? !isAt(key, end - 1, TAKES_E) : isAt(key, end - 1, NEEDS_E)) continue
      if (ending.startsWith('st') && isAt(key, end - 1, SIBILANTS)) continue
      const verb = this.#infinitiveOf(key, 0, end)
      if (verb !== null) return verb
    }
    return null
  }

  /**
   * The verb whose stem stands before `end`.
   * @param start where the stem begins behind its prefix
   */
  #infinitiveOf(word: string, start: number, end = word.length): string | null {
    if (end - start < 2) return null
    if (this.#lexicon.isInfinitive(word, end, 'en')) return `${word.slice(0, end)}en`
    const isShort = isAt(word, end - 1, L_AND_R) && isAt(word, end - 2, BEFORE_L_AND_R)
    return isShort && this.#lexicon.isInfinitive(word, end, 'n') ? `${word.slice(0, end)}n` : null
  }
}

/** Whether an nd is the end of the word, but for two letters of an ending. */
function mayBePresentParticiple(key: string): boolean {
  for (let end = key.length; end > key.length - 3; end--)
    if (key.charCodeAt(end - 1) === 0x64 && key.charCodeAt(end - 2) === 0x6e) return true
  return false
}
