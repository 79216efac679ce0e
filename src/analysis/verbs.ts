import type { Lexicon } from './lexicon.ts'
import { STRONG_VERBS } from './strong-verbs.ts'

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
/** Endings of the finite forms of regular verbs, the longest stem first; those with e only after d, t, m and n. */
const FINITE_ENDINGS = ['t', 'te', 'st', 'et', 'ten', 'tet', 'ete', 'est', 'test', 'eten', 'etet', 'etest'] as const
const NEEDS_E = /[dtmn]$/
/** These swallow the s of an ending: du fasst, not du fas-st. */
const SIBILANT = /[sxz]$/
const PRESENT_PARTICIPLE = /^(.+?[erl])nd(?:e[nrsm]?)?$/
const DECLENSION = /e[mnrs]?$/
const UMLAUTS: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü' }

/** The verb of a form. */
export interface VerbForm {
  readonly infinitive: string
  /** How sure that is: a form that is a noun as well (stand, macht) may be either. */
  readonly alsoNoun: boolean
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
    if (this.#lexicon.isInfinitive(key)) return { infinitive: key, alsoNoun: false }
    // des Erkennens
    if (key.endsWith('ns') && this.#lexicon.isInfinitive(key.slice(0, -1)))
      return { infinitive: key.slice(0, -1), alsoNoun: false }
    const strong = this.#strongVerb(key)
    if (strong !== null) return strong
    const participle = this.#participle(key)
    if (participle !== null) return { infinitive: participle, alsoNoun: false }
    const regular = this.#finite(key)
    return regular === null ? null : { infinitive: regular, alsoNoun: this.#lexicon.isNoun(key) }
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
    return verb === null || verb.alsoNoun ? null : verb.infinitive
  }

  #strongVerb(key: string): VerbForm | null {
    const simple = this.#strong.get(key)
    if (simple !== undefined) return { infinitive: simple, alsoNoun: this.#lexicon.isNoun(key) }
    for (const prefix of prefixesOf(key, SEPARABLE)) {
      const rest = key.slice(prefix.length)
      const verb = this.#strong.get(rest)
      if (verb !== undefined && this.#lexicon.isInfinitive(prefix + verb))
        return { infinitive: prefix + verb, alsoNoun: this.#endsNouns(rest) }
      const inner = this.#inseparable(rest)
      if (inner !== null && this.#lexicon.isInfinitive(prefix + inner.infinitive))
        return { infinitive: prefix + inner.infinitive, alsoNoun: inner.alsoNoun }
    }
    return this.#inseparable(key)
  }

  /** Forms without ge-: vergab, vergeben. */
  #inseparable(key: string): VerbForm | null {
    for (const prefix of prefixesOf(key, INSEPARABLE)) {
      const rest = key.slice(prefix.length)
      const verb = this.#strong.get(rest) ?? this.#strong.get(`ge${rest}`)
      if (verb !== undefined && this.#lexicon.isInfinitive(prefix + verb))
        return { infinitive: prefix + verb, alsoNoun: this.#lexicon.isNoun(key) || this.#endsNouns(rest) }
    }
    return null
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
      if (ending.startsWith('e') && !NEEDS_E.test(stem)) continue
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

/** Every form of the strong verbs without prefix that a rule for regular verbs would miss, with its infinitive. */
function strongForms(): ReadonlyMap<string, string> {
  const forms = new Map<string, string>()
  const put = (form: string, infinitive: string): void => {
    if (!forms.has(form)) forms.set(form, infinitive)
  }
  const verbs = STRONG_VERBS.trim()
    .replaceAll('ß', 'ss')
    .split('\n')
    .map((line) => line.split(' ') as [string, string, string, string])
  // the present of one verb before the past of another: ziehe is not of zeihen
  for (const [infinitive] of verbs)
    for (const ending of ['e', 'st', 't', 'est', 'et']) put(infinitive.replace(/e?n$/, '') + ending, infinitive)
  for (const [infinitive, present, past, participle] of verbs) {
    put(participle, infinitive)
    if (!infinitive.startsWith(present))
      for (const ending of ['', 'st', 't', 'est', 'et']) put(present + ending, infinitive)
    const subjunctive = past.replace(/([aou])([^aou]*)$/, (_, vowel: string, rest: string) => UMLAUTS[vowel] + rest)
    if (/[td]e$/.test(past))
      for (const stem of [past, subjunctive]) for (const ending of ['', 'n', 'st', 't']) put(stem + ending, infinitive)
    else {
      for (const ending of ['', 'en', 'st', 't', 'est', 'et']) put(past + ending, infinitive)
      for (const ending of ['e', 'en', 'est', 'et', 'st', 't']) put(subjunctive + ending, infinitive)
    }
  }
  return forms
}
