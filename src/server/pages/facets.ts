import { html } from 'hono/html'
import type { Language } from '../../errors.ts'
import type { SearchAnswer } from '../../search/answer.ts'
import type { Html } from './html.ts'
import { type Narrowing, tickName } from './narrowing.ts'
import { fieldText, numberText, TEXTS } from './texts.ts'

/** A field with boxes to tick. */
export interface Facet {
  readonly field: string
  readonly values: readonly { readonly value: string; readonly count: number; readonly isTicked: boolean }[]
}

/** Fields shown where the address names none (never the language: it is mostly the same), and values of each. */
const FACETS_MAX = 5
export const VALUES_MAX = 8
/** These come first. */
const FIRST = ['tags', 'author']

/**
 * Which fields to narrow a search down by: those that the address names, or those that have something to choose between. Numbers and
 * dates have no boxes.
 */
export function chosenFacets(
  { facetDistribution, facetStats }: Pick<SearchAnswer, 'facetDistribution' | 'facetStats'>,
  named: readonly string[],
  { ticked }: Narrowing,
): Facet[] {
  const isNamed = named.length > 0 && !named.includes('*')
  const facets = Object.entries(facetDistribution).flatMap(([field, counts]): Facet[] => {
    if (field === 'date' || field in facetStats || (field === 'language' && !isNamed)) return []
    const chosen = ticked.get(field) ?? []
    const all = Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    // values that each article has for itself narrow nothing down
    const isWorth = all.length > 1 && (all[0]?.[1] ?? 0) > 1
    if (!isWorth && !isNamed && chosen.length === 0) return []
    const shown = new Map(all.slice(0, VALUES_MAX))
    for (const value of chosen) if (!shown.has(value)) shown.set(value, counts[value] ?? 0)
    const values = Array.from(shown, ([value, count]) => ({ value, count, isTicked: chosen.includes(value) }))
    return [{ field, values }]
  })
  if (isNamed) return facets
  const weight = ({ field, values }: Facet): number =>
    (ticked.has(field) ? 4 : 0) * 1e9 +
    (FIRST.includes(field) ? FIRST.length - FIRST.indexOf(field) : 0) * 1e9 +
    values.reduce((sum, { count }) => sum + count, 0)
  return facets.sort((a, b) => weight(b) - weight(a) || (a.field < b.field ? -1 : 1)).slice(0, FACETS_MAX)
}

/** What is ticked, as parameters, and has no box among the facets to say so. */
export function withoutBox({ ticked }: Narrowing, facets: readonly Facet[]): [string, string][] {
  const boxed = new Set(facets.map(({ field }) => field))
  return [...ticked].flatMap(([field, values]) =>
    boxed.has(field) ? [] : values.map((value): [string, string] => [tickName(field), value]),
  )
}

export function facetBoxes({ field, values }: Facet, language: Language): Html {
  return html`<fieldset>
<legend>${fieldText(field, language)}</legend>
${values.map(
  ({ value, count, isTicked }, at) =>
    html`<label class="tick"><input type="checkbox" form="search" id="${`${tickName(field)}-${at}`}" name="${tickName(field)}" value="${value}"${isTicked ? ' checked' : ''}><span dir="auto">${value}</span> <span class="count">${numberText(count, language)}</span></label>`,
)}
</fieldset>`
}

export function dateRange({ from, to }: Narrowing, isShown: boolean, language: Language): Html {
  const texts = TEXTS[language]
  return html`<fieldset id="dates" class="dates"${isShown ? '' : ' hidden'}>
<legend>${texts.date}</legend>
<label>${texts.from} <input type="date" form="search" id="from" name="from" value="${from}"></label>
<label>${texts.to} <input type="date" form="search" id="to" name="to" value="${to}"></label>
</fieldset>`
}
