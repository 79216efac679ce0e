import type { Lexicon } from '../lexicon/lexicon.ts'
import { RARE_TWINS, STRONG_VERBS, SUBJUNCTIVES } from './strong-verbs.ts'

/** By their first two letters, the longest first. */
type Prefixes = ReadonlyMap<string, readonly string[]>

function list(words: string): Prefixes {
  const prefixes = new Map<string, string[]>()
  for (const prefix of words.split(/\s+/).sort((a, b) => b.length - a.length)) {
    const begin = prefix.slice(0, 2)
    prefixes.set(begin, [...(prefixes.get(begin) ?? []), prefix])
  }
  return prefixes
}

function prefixesOf(key: string, prefixes: Prefixes): readonly string[] {
  return prefixes.get(key.slice(0, 2))?.filter((prefix) => key.startsWith(prefix)) ?? []
}

/** Prefixes that part from their verb: abgeholt, abzuholen. */
const SEPARABLE =
  list(`ab an auf aus auseinander bei bekannt bereit bloss da dar davon dazu durch ein empor entgegen entlang fehl
  fern fest fort frei gegen gegenüber gleich gut heim her herab heran herauf heraus herbei herein herüber herum herunter hervor hin
  hinab hinan hinauf hinaus hinein hinterher hinüber hinunter hinweg hinzu hoch kennen kurz los mit nach nahe nieder rein sicher
  stand statt still teil tot über überein um umher unter vor voran voraus vorbei vorher vorüber wahr weg weiter wett wider wieder
  zu zurecht zurück zusammen zuvor`)
const PARTICLES = new Set([...SEPARABLE.values()].flat())

/** Whether a word as it is written is a prefix that parts from its verb. */
export const isParticle = (surface: string): boolean => PARTICLES.has(surface)

/** Prefixes that stay: their participles have no ge-. */
const INSEPARABLE = list('be emp ent er ge hinter miss über um unter ver voll wider wieder zer durch')
/** Endings of the finite forms of regular verbs, the longest stem first; those with e only after d, t, m and n, always after d and t. */
const FINITE_ENDINGS = ['t', 'te', 'st', 'et', 'ten', 'tet', 'ete', 'est', 'test', 'eten', 'etet', 'etest'] as const
const TAKES_E = /[dtmn]$/
/** Hütte is no form of hüten, Bett none of beten. */
const NEEDS_E = /[dt]$/
/** These swallow the s of an ending: du fasst, not du fas-st. */
const SIBILANT = /[sxz]$/
const SUBJUNCTIVE_ENDINGS = ['e', 'en', 'est', 'et', 'st', 't']
const PRESENT_PARTICIPLE = /^(.+?[erl])nd(?:e[nrsm]?)?$/
const DECLENSION = /e[mnrs]?$/
const UMLAUTS: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü' }
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

/** The forms of the strong verbs without prefix that a rule for regular verbs would miss, each with its infinitives. */
interface StrongForms {
  /** What one reads first. */
  readonly first: ReadonlyMap<string, readonly string[]>
  /** Where no regular verb has the form: du spannst is of spannen, not of spinnen, er führt of führen, not of fahren. */
  readonly last: ReadonlyMap<string, readonly string[]>
  readonly all: ReadonlyMap<string, readonly string[]>
}

const linesOf = (table: string): string[][] =>
  table
    .trim()
    .replaceAll('ß', 'ss')
    .split('\n')
    .map((line) => line.split(' '))

function strongForms(): StrongForms {
  const first = new Map<string, string[]>()
  const last = new Map<string, string[]>()
  const put = (forms: Map<string, string[]>, stem: string, endings: readonly string[], infinitive: string): void => {
    for (const ending of endings) {
      // du weist has no s of its own: weißt is of wissen
      if (ending === 'st' && SIBILANT.test(stem)) continue
      // er hält has no t of its own, er rät neither: Ratte is not of raten
      if (ending === 't' && stem.endsWith('t')) continue
      const verbs = forms.get(stem + ending) ?? []
      if (!verbs.includes(infinitive)) forms.set(stem + ending, [...verbs, infinitive])
    }
  }
  const verbs = linesOf(STRONG_VERBS) as [string, string, string, string][]
  // the present of one verb before the past of another: ziehe is not of zeihen
  for (const [infinitive] of verbs) {
    put(first, infinitive.replace(/e?n$/, ''), ['e', 't', 'et'], infinitive)
    put(last, infinitive.replace(/e?n$/, ''), ['st', 'est'], infinitive)
  }
  for (const [infinitive, present, past, participle] of verbs) {
    put(first, participle, [''], infinitive)
    if (!infinitive.startsWith(present)) put(first, present, ['', 'st', 't', 'est', 'et'], infinitive)
    const subjunctive = past.replace(/([aou])([^aou]*)$/, (_, vowel: string, rest: string) => UMLAUTS[vowel] + rest)
    if (/[td]e$/.test(past)) {
      put(first, past, ['', 'n', 'st', 't'], infinitive)
      put(last, subjunctive, ['', 'n', 'st', 't'], infinitive)
    } else {
      put(first, past, ['', 'en'], infinitive)
      put(last, past, ['st', 't', 'est', 'et'], infinitive)
      put(last, subjunctive, SUBJUNCTIVE_ENDINGS, infinitive)
    }
  }
  for (const [infinitive = '', stem = ''] of linesOf(SUBJUNCTIVES)) put(last, stem, SUBJUNCTIVE_ENDINGS, infinitive)
  const all = new Map(first)
  for (const [form, verbs] of last) all.set(form, [...(first.get(form) ?? []), ...verbs])
  return { first, last, all }
}
