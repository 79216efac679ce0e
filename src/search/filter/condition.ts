import type { FieldValue } from '../../article/article-fields.ts'
import { type DateValue, dateValue, type Period, periodOf } from './dates.ts'
import type { Comparison, FilterNode } from './tree.ts'

/** Whether one value of a field fulfils a condition. */
export type ValueTest = (value: FieldValue, lowered: string) => boolean

/** A condition that values are tested for; the other ones ask whether a field is there. */
export type ValueCondition = Extract<FilterNode, { kind: 'compare' | 'range' | 'in' | 'contains' | 'starts' }>

/**
 * The test of a condition, where `!=` tests like `=`: it is true where no value of the field passes. Texts compare without regard
 * to case, numbers with numbers, dates by the stretch of time they stand for: two are equal where these touch.
 * @param isDate whether the values are dates of articles
 */
export function valueTest(condition: ValueCondition, isDate: boolean): ValueTest {
  switch (condition.kind) {
    case 'compare':
      return comparison(condition.operator === '!=' ? '=' : condition.operator, condition.value, isDate)
    case 'range': {
      const from = comparison('>=', condition.from, isDate)
      const to = comparison('<=', condition.to, isDate)
      return (value, lowered) => from(value, lowered) && to(value, lowered)
    }
    case 'in': {
      if (isDate) return anyDate(condition.values)
      const texts = new Set(condition.values.map(textOf))
      const numbers = new Set(condition.values.filter((value) => NUMBER.test(value)).map(Number))
      return (value, lowered) => texts.has(lowered) || (typeof value === 'number' && numbers.has(value))
    }
    case 'contains': {
      const wanted = textOf(condition.value)
      return (_, lowered) => lowered.includes(wanted)
    }
    case 'starts': {
      const wanted = textOf(condition.value)
      return (_, lowered) => lowered.startsWith(wanted)
    }
  }
}

type Order = Exclude<Comparison, '!='>

function comparison(operator: Order, wanted: string, isDate: boolean): ValueTest {
  if (isDate) {
    const date = dateValue(wanted)
    return date === null ? () => false : dateComparison(operator, date)
  }
  const text = textOf(wanted)
  const number = NUMBER.test(wanted) ? Number(wanted) : null
  return (value, lowered) => {
    if (operator === '=') return lowered === text || (number !== null && value === number)
    if (typeof value === 'number') return number !== null && isOrdered(operator, value, number)
    return number === null && isOrdered(operator, lowered, text)
  }
}

function dateComparison(operator: Order, { start, end, isCalendar }: DateValue): ValueTest {
  return (value) => {
    const period = periodOf(String(value), isCalendar)
    switch (operator) {
      case '=':
        return period.start < end && period.end > start
      case '<':
        return period.end <= start
      case '<=':
        return period.start < end
      case '>':
        return period.start >= end
      case '>=':
        return period.end > start
    }
  }
}

/** Whether a date touches one of several; the stretches of these are joined, so that each takes a binary search. */
function anyDate(texts: readonly string[]): ValueTest {
  const dates = texts.map(dateValue).filter((date) => date !== null)
  const calendar = mergedPeriods(dates.filter(({ isCalendar }) => isCalendar))
  const moments = mergedPeriods(dates.filter(({ isCalendar }) => !isCalendar))
  return (value) => touches(calendar, periodOf(String(value), true)) || touches(moments, periodOf(String(value), false))
}

/** Disjoint, ascending. */
function mergedPeriods(periods: readonly Period[]): Period[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of [...periods].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}

function touches(periods: readonly Period[], { start, end }: Period): boolean {
  let [low, high] = [0, periods.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((periods[middle] as Period).end <= start) low = middle + 1
    else high = middle
  }
  return low < periods.length && (periods[low] as Period).start < end
}

function isOrdered<T extends string | number>(operator: Exclude<Order, '='>, value: T, wanted: T): boolean {
  switch (operator) {
    case '<':
      return value < wanted
    case '<=':
      return value <= wanted
    case '>':
      return value > wanted
    case '>=':
      return value >= wanted
  }
}

/** What is a number in a filter. */
export const NUMBER = /^[+-]?\d+(?:\.\d+)?$/

const textOf = (value: string): string => value.normalize('NFC').toLowerCase()
