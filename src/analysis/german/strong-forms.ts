import { LetterRuns } from './letter-runs.ts'
import { STRONG_VERBS, SUBJUNCTIVES } from './strong-verbs.ts'

/** These swallow the s of an ending: du fasst, not du fas-st. */
const SIBILANT = /[sxz]$/
const SUBJUNCTIVE_ENDINGS = ['e', 'en', 'est', 'et', 'st', 't']
const UMLAUTS: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü' }

/** The forms of the strong verbs without prefix that a rule for regular verbs would miss, each with its infinitives. */
export interface StrongForms {
  /** What one reads first. */
  readonly first: ReadonlyMap<string, readonly string[]>
  /** Where no regular verb has the form: du spannst is of spannen, not of spinnen, er führt of führen, not of fahren. */
  readonly last: ReadonlyMap<string, readonly string[]>
  readonly all: ReadonlyMap<string, readonly string[]>
  /** How all of them end, with ge- and without. */
  readonly endings: LetterRuns
}

const linesOf = (table: string): string[][] =>
  table
    .trim()
    .replaceAll('ß', 'ss')
    .split('\n')
    .map((line) => line.split(' '))

export function strongForms(): StrongForms {
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
  const endings = [...all.keys()].flatMap((form) => (form.startsWith('ge') ? [form, form.slice(2)] : [form]))
  return { first, last, all, endings: new LetterRuns(4, endings) }
}
