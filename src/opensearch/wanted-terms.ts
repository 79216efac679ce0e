import { FormSet } from '../search/engine/form-set.ts'
import type { Role } from '../search/engine/forms.ts'
import { FORM_MASK } from '../search/engine/token-stream.ts'
import { TITLE_WEIGHT } from '../search/ranking/index-weights.ts'
import { FREQUENCY_MAX, NO_OCCURRENCES, type Occurrences } from './analysed-article.ts'
import type { NumberedForms } from './numbered-forms.ts'
import type { NormlessStream } from './unpacked-article.ts'

/** How often an article has a term. */
export type Frequencies = Readonly<Omit<Occurrences, 'title'>>

export type FrequenciesOf = (term: string) => Frequencies

/** What a form means to one of the terms. */
interface Reading {
  /** Where the term stands among those that are wanted. */
  readonly wanted: number
  readonly kind: 'whole' | 'part' | 'alias'
}

const kindOf = (role: Role): Reading['kind'] => (role === 'part' || role === 'verbLemma' ? 'part' : 'alias')

/** Counts some terms in token streams as `analyseArticle` counts all of them. */
export class WantedTerms {
  readonly #numbers: ReadonlyMap<string, number>
  readonly #readings = new Map<number, Reading[]>()
  readonly #forms: FormSet

  /** @param forms has all forms of the streams */
  constructor(terms: Iterable<string>, forms: NumberedForms) {
    this.#numbers = new Map(Array.from(new Set(terms), (term, wanted) => [term, wanted]))
    this.#forms = new FormSet(forms.forms.length)
    for (const [term, wanted] of this.#numbers) {
      const number = forms.termNumber(term)
      if (number === undefined) continue
      const having = new Set<number>()
      forms.forEachForm(number, true, (form) => having.add(form))
      for (const form of having) {
        if (forms.termOfForm(form) === number) this.#add(form, { wanted, kind: 'whole' })
        for (const { term: other, role, isUncounted } of forms.additionalTermsOf(form))
          if (other === number && !isUncounted) this.#add(form, { wanted, kind: kindOf(role) })
      }
    }
  }

  in({ title, text, matching }: NormlessStream): FrequenciesOf {
    const counted = new Map<number, Omit<Occurrences, 'title'>>()
    const { count, places, tokens } = matching(this.#forms)
    for (let at = 0; at < count; at++) {
      const place = places[at] as number
      const isExtra = place >= title + text
      const times = place < title ? TITLE_WEIGHT : 1
      for (const { wanted, kind } of this.#readings.get((tokens[at] as number) & FORM_MASK) as Reading[]) {
        const counts = counted.get(wanted) ?? { ...NO_OCCURRENCES }
        const own = isExtra ? 'extra' : kind
        counts[own] = Math.min(FREQUENCY_MAX, counts[own] + times)
        counted.set(wanted, counts)
      }
    }
    return (term) => counted.get(this.#numbers.get(term) as number) ?? NO_OCCURRENCES
  }

  #add(form: number, reading: Reading): void {
    const known = this.#readings.get(form)
    if (known === undefined) this.#readings.set(form, [reading])
    else known.push(reading)
    this.#forms.add(form)
  }
}
