import type { Lexicon } from '../lexicon/lexicon.ts'
import { SIBILANT, type StrongForms, strongForms } from './strong-forms.ts'
import { RARE_TWINS } from './strong-verbs.ts'
import { INSEPARABLE, prefixesOf, SEPARABLE } from './verb-prefixes.ts'

/** Endings of the finite forms of regular verbs, the longest stem first; those with e only after d, t, m and n, always after d and t. */
const FINITE_ENDINGS = ['t', 'te', 'st', 'et', 'ten', 'tet', 'ete', 'est', 'test', 'eten', 'etet', 'etest'] as const
const TAKES_E = /[dtmn]$/
/** Hütte is no form of hüten, Bett none of beten. */
const NEEDS_E = /[dt]$/
const PRESENT_PARTICIPLE = /^(.+?[erl])nd(?:e[nrsm]?)?$/
const DECLENSION = /e[mnrs]?$/
const VOWELS: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u' }
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

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon
  }

  /** The verb of an infinitive, a finite form or a participle without an ending. @param key lower case, NFC, ss for ß */
  of(key: string): VerbForm | null {
    if (key.length < 3) return null
    if (this.#lexicon.isInfinitive(key) && !RARE_TWINS.has(key)) {
      const other = key.startsWith('ge') ? this.#strong.first.get(key)?.find((verb) => verb !== key) : undefined
      return { infinitive: key, alsoNoun: false, ...(other !== undefined && { other }) }
    }
    // des Erkennens
    if (key.endsWith('ns') && this.#lexicon.isInfinitive(key.slice(0, -1)))
      return { infinitive: key.slice(0, -1), alsoNoun: false }
    // most words are no form of a strong verb: one look tells
    const mayBeStrong = this.#strongVerb(key, this.#strong.all) !== null
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
    if (strange !== null && key.endsWith('e') && this.#lexicon.isInfinitive(`${key}n`))
      return { infinitive: `${key}n`, alsoNoun: strange.alsoNoun }
    return strange
  }

  /** Also a plural that the list has without its umlaut alone: Gärten is no form of gären. */
  #isNoun(key: string): boolean {
    if (this.#lexicon.isNoun(key)) return true
    if (!PLURAL_BY_UMLAUT.test(key)) return false
    const singular = key.replace(/[äöü]/g, (letter) => VOWELS[letter] as string)
    // neither is stünden, as des Stundens is of a verb
    return (
      this.#lexicon.isNoun(singular) && this.#lexicon.isNoun(`${singular}s`) && !this.#lexicon.isInfinitive(singular)
    )
  }

  /** The verb of a present participle, declined or not, and the participle without its ending. */
  ofPresentParticiple(key: string): { readonly infinitive: string; readonly participle: string } | null {
    const stem = PRESENT_PARTICIPLE.exec(key)?.[1]
    if (stem === undefined || !this.#lexicon.isInfinitive(`${stem}n`)) return null
    return { infinitive: `${stem}n`, participle: `${stem}nd` }
  }

  /** The verb of a declined past participle: abgesagten. */
  ofDeclinedParticiple(key: string): string | null {
    const participle = key.replace(DECLENSION, '')
    if (participle.length === key.length || !/(?:en|t)$/.test(participle)) return null
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
    return /en?$/.test(key) && this.#lexicon.isNoun(key.slice(0, -1))
  }

  /** Auf|stand, Ein|tritt, Vor|lagen. */
  #endsNouns(simple: string): boolean {
    return this.#lexicon.isNoun(simple) && this.#lexicon.countAsLast(simple) > 0
  }

  /** gemacht, abgeholt, abzuholen. */
  #participle(key: string): string | null {
    for (const prefix of ['', ...prefixesOf(key, SEPARABLE)]) {
      const rest = key.slice(prefix.length)
      if (rest.startsWith('ge') && rest.endsWith('t')) {
        const verb =
          this.#infinitiveOf(prefix, rest.slice(2, -1)) ?? this.#infinitiveOf(prefix, rest.slice(2, -2), 'et', rest)
        if (verb !== null) return verb
      }
      if (prefix === '' || !rest.startsWith('zu')) continue
      const infinitive = prefix + rest.slice(2)
      if (this.#lexicon.isInfinitive(infinitive)) return infinitive
    }
    return null
  }

  #finite(key: string): string | null {
    // ich wechsle; ich ändere would take in adjectives: die lockere, nähere
    const first = key.replace(/(?<![aeiouäöü])le$/, 'eln')
    if (this.#lexicon.isInfinitive(first)) return first
    for (const ending of FINITE_ENDINGS) {
      if (!key.endsWith(ending)) continue
      const stem = key.slice(0, -ending.length)
      if (ending.startsWith('e') ? !TAKES_E.test(stem) : NEEDS_E.test(stem)) continue
      if (ending.startsWith('st') && SIBILANT.test(stem)) continue
      const verb = this.#infinitiveOf('', stem)
      if (verb !== null) return verb
    }
    return null
  }

  /** The verb whose stem this is. With an ending, only where `word` ends with it. */
  #infinitiveOf(prefix: string, stem: string, ending = '', word = ''): string | null {
    if (stem.length < 2 || !word.endsWith(ending)) return null
    if (this.#lexicon.isInfinitive(`${prefix}${stem}en`)) return `${prefix}${stem}en`
    return /[er][lr]$/.test(stem) && this.#lexicon.isInfinitive(`${prefix}${stem}n`) ? `${prefix}${stem}n` : null
  }
}
