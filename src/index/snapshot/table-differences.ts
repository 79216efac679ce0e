import { CaseFoldedTable, lowered } from '../segment/case-folded-table.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { ValueOrder } from '../segment/value-order.ts'

// What a snapshot holds to find things by: tables and orders follow from what stands beside them, whatever the order of changes was.

type Values = ConstructorParameters<typeof ValueOrder>[0]

interface Table extends Iterable<string | number> {
  readonly length: number
}

/** Strings or values that are not found under their numbers, as none is there twice. */
export function* compareTable<T extends Table>(
  name: string,
  table: T,
  numberOf: (one: T extends Iterable<infer V> ? V : never) => number | undefined,
): Iterable<string> {
  let number = 0
  for (const one of table) {
    const found = numberOf(one as Parameters<typeof numberOf>[0])
    if (found !== number) yield `${name} “${one}”: found as ${found ?? 'nothing'} instead of ${number}`
    number += 1
  }
}

/** Texts that are not found without regard to case. */
export function* compareFolded(
  name: string,
  texts: ConstructorParameters<typeof CaseFoldedTable>[0],
  numbersOf: (text: string) => readonly number[],
): Iterable<string> {
  const all = { length: texts.length, packedLength: 0, at: (number: number) => texts.at(number) }
  const wanted = new CaseFoldedTable(all)
  for (let number = 0; number < texts.length; number++) {
    const text = lowered(texts.at(number) ?? '')
    const [got, expected] = [numbersOf(text).join(), wanted.numbersOf(text).join()]
    if (got !== expected) yield `${name} “${text}”: found as ${got || 'nothing'} instead of ${expected}`
  }
}

/** Whether an order and its ranks are those of sorting all values at once. */
export function* compareValueOrder(name: string, order: ValueOrder, values: Values, isDate: boolean): Iterable<string> {
  const [got, wanted] = [order.pack(), new ValueOrder(values, isDate).pack()]
  for (const column of ['order', 'ranks'] as const)
    if (got[column].join() !== wanted[column].join()) yield `${name}: another order (${column})`
}

/** The forms that terms lead to: those that have them, and those that have them as parts or aliases. */
export function* compareFormsOfTerms({ vocabulary }: ArticleIndex): Iterable<string> {
  const { terms, forms } = vocabulary
  const wanted = Array.from(terms, (): [own: number[], further: number[]] => [[], []])
  for (let form = forms.length - 1; form >= 0; form--) {
    wanted[vocabulary.termOfForm(form)]?.[0].push(form)
    for (const { term } of vocabulary.additionalTerms(form).reverse()) wanted[term]?.[1].push(form)
  }
  for (const [term, [own, further]] of wanted.entries()) {
    const [found, all]: [number[], number[]] = [[], []]
    vocabulary.forEachForm(term, false, (form) => found.push(form))
    vocabulary.forEachForm(term, true, (form) => all.push(form))
    if (found.join() !== own.join() || all.join() !== [...own, ...further].join())
      yield `“${terms.at(term)}”: leads to other forms`
  }
}
