import { INFINITIVE, type Lexicon, WORD } from './lexicon.ts'
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
/** Prefixes that stay: their participles have no ge-. */
const INSEPARABLE = list('be emp ent er ge hinter miss über um unter ver voll wider wieder zer durch')
/** Endings of the finite forms of regular verbs; those with e only after d, t, m and n. */
const FINITE_ENDINGS = ['test', 'tet', 'ten', 'te', 'st', 't'] as const
const FINITE_ENDINGS_WITH_E = ['etest', 'etet', 'eten', 'ete', 'est', 'et'] as const
const PRESENT_PARTICIPLE = /^(.+?[erl])nd(e[nrsm]?)$/
const UMLAUTS: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü' }

/** What an inflected form is a form of: another word, to be stemmed, or a form that stands for itself. */
export interface BaseForm {
  readonly word: string
  readonly stemmed: boolean
}

/** Leads forms of verbs back to their infinitives, as far as a stemmer, which only cuts endings off, cannot. */
export class Inflection {
  readonly #lexicon: Lexicon
  readonly #strong = strongForms()

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon
  }

  /** @param key lower case, NFC, ss for ß; null where the stemmer knows enough */
  baseOf(key: string): BaseForm | null {
    if (key.length < 3) return null
    // a declined present participle is an adjective: kept apart, or its every form would meet those of the verb and its nouns
    const participle = PRESENT_PARTICIPLE.exec(key)
    if (participle !== null && this.#isInfinitive(`${participle[1]}n`))
      return { word: `${participle[1]}nd`, stemmed: false }
    if (this.#isInfinitive(key)) return null
    const verb = this.#strongVerb(key) ?? this.#participle(key) ?? (this.#isNoun(key) ? null : this.#finite(key))
    return verb === null ? null : { word: verb, stemmed: true }
  }

  /** Bett and Garten are no forms of beten and garen. */
  #isNoun(word: string): boolean {
    return (this.#lexicon.value(word) & WORD) !== 0
  }

  #isInfinitive(word: string): boolean {
    return (this.#lexicon.value(word) & INFINITIVE) !== 0
  }

  #strongVerb(key: string): string | null {
    const simple = this.#strong.get(key)
    if (simple !== undefined) return simple
    for (const prefix of prefixesOf(key, SEPARABLE)) {
      const rest = key.slice(prefix.length)
      const verb = this.#strong.get(rest) ?? this.#inseparable(rest)
      if (verb !== undefined && this.#isInfinitive(prefix + verb)) return prefix + verb
    }
    return this.#inseparable(key) ?? null
  }

  /** Forms without ge-: vergab, vergeben. */
  #inseparable(key: string): string | undefined {
    for (const prefix of prefixesOf(key, INSEPARABLE)) {
      const rest = key.slice(prefix.length)
      const verb = this.#strong.get(rest) ?? this.#strong.get(`ge${rest}`)
      if (verb !== undefined && this.#isInfinitive(prefix + verb)) return prefix + verb
    }
    return undefined
  }

  /** gemacht, abgeholt, abzuholen. */
  #participle(key: string): string | null {
    for (const prefix of ['', ...prefixesOf(key, SEPARABLE)]) {
      const rest = key.slice(prefix.length)
      const verb = rest.startsWith('ge') && rest.endsWith('t') ? this.#regular(rest.slice(2)) : null
      if (verb !== null && (prefix === '' || this.#isInfinitive(prefix + verb))) return prefix + verb
      const infinitive = rest.slice(2)
      if (
        prefix !== '' &&
        rest.startsWith('zu') &&
        this.#isInfinitive(infinitive) &&
        this.#isInfinitive(prefix + infinitive)
      )
        return prefix + infinitive
    }
    return null
  }

  /** The infinitive of a stem with -t, as in the participle. */
  #regular(stemWithT: string): string | null {
    return (
      this.#infinitiveOf(stemWithT.slice(0, -1)) ??
      (stemWithT.endsWith('et') ? this.#infinitiveOf(stemWithT.slice(0, -2)) : null)
    )
  }

  #finite(key: string): string | null {
    for (const ending of FINITE_ENDINGS) {
      const verb = key.endsWith(ending) ? this.#infinitiveOf(key.slice(0, -ending.length)) : null
      if (verb !== null) return verb
    }
    for (const ending of FINITE_ENDINGS_WITH_E) {
      const stem = key.slice(0, -ending.length)
      const verb = key.endsWith(ending) && /[dtmn]$/.test(stem) ? this.#infinitiveOf(stem) : null
      if (verb !== null) return verb
    }
    return null
  }

  #infinitiveOf(stem: string): string | null {
    if (stem.length < 2) return null
    if (this.#isInfinitive(`${stem}en`)) return `${stem}en`
    return /[er][lr]$/.test(stem) && this.#isInfinitive(`${stem}n`) ? `${stem}n` : null
  }
}

/** Every form of the strong verbs without prefix that a rule for regular verbs would miss, with its infinitive. */
function strongForms(): ReadonlyMap<string, string> {
  const forms = new Map<string, string>()
  const put = (form: string, infinitive: string): void => {
    if (!forms.has(form)) forms.set(form, infinitive)
  }
  for (const line of STRONG_VERBS.trim().replaceAll('ß', 'ss').split('\n')) {
    const [infinitive = '', present = '', past = '', participle = ''] = line.split(' ')
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
