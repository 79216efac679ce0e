import { expect, it } from 'vitest'
import { RememberedLookups } from '../../../src/index/dictionary/remembered-lookups.ts'
import { WorkBudget } from '../../../src/work-budget.ts'

/** Looks something up that costs 100 units; tells how often that was done. */
function looking() {
  const lookups = new RememberedLookups()
  let count = 0
  const ask = (name: string, state = 'one', size = 2, now: () => readonly number[] | null = () => null) => {
    const budget = new WorkBudget()
    lookups.reset(state, budget)
    const numbers = lookups.of(name, () => {
      count += 1
      budget.spend(100)
      return { found: Array.from({ length: size }, (_, i) => i), now }
    })
    return { numbers: [...numbers], spent: budget.spent }
  }
  return { ask, count: () => count }
}

it('a look-up is made once and costs the same each time', () => {
  const { ask, count } = looking()
  expect([ask('a'), ask('a')]).toEqual([
    { numbers: [0, 1], spent: 100 },
    { numbers: [0, 1], spent: 100 },
  ])
  expect(count()).toBe(1)
})

it('what was found in another state of the index is forgotten', () => {
  const { ask, count } = looking()
  ask('a', 'one')
  ask('a', 'two')
  ask('a', 'one')
  expect(count()).toBe(3)
})

it('but for what tells that it is the same, or what it is now, at the same cost', () => {
  const { ask, count } = looking()
  let numbers: readonly number[] | null = [7]
  ask('a', 'one', 2, () => numbers)
  expect(ask('a', 'two')).toEqual({ numbers: [7], spent: 100 })
  numbers = [8, 9]
  expect(ask('a', 'two').numbers).toEqual([7])
  expect(ask('a', 'three').numbers).toEqual([8, 9])
  expect(count()).toBe(1)
  numbers = null
  expect(ask('a', 'four').numbers).toEqual([0, 1])
  expect(count()).toBe(2)
})

it('one look-up may be made of others', () => {
  const lookups = new RememberedLookups()
  const budget = new WorkBudget()
  lookups.reset('one', budget)
  const inner = () => {
    budget.spend(10)
    return { found: [1], now: () => [1] }
  }
  const outer = () => ({ found: [...lookups.of('inner', inner), 2], now: () => null })
  expect(lookups.of('outer', outer)).toEqual([1, 2])
  lookups.reset('two', budget)
  expect(lookups.of('outer', outer)).toEqual([1, 2])
  expect(budget.spent).toBe(20)
})

it('what is large is looked up each time', () => {
  const { ask, count } = looking()
  expect(ask('a', 'one', 100)).toEqual(ask('a', 'one', 100))
  expect(count()).toBe(1)
  expect(ask('b', 'one', 101)).toEqual(ask('b', 'one', 101))
  expect(count()).toBe(3)
})

it('of more than are kept the one that was not used for longest goes', () => {
  const { ask, count } = looking()
  for (let i = 0; i < 20_000; i++) ask(`${i}`)
  ask('0')
  ask('another')
  expect(count()).toBe(20_001)
  ask('0')
  expect(count()).toBe(20_001)
  ask('1')
  expect(count()).toBe(20_002)
})

it('so it does where they found more things than are kept', () => {
  const { ask, count } = looking()
  for (let i = 0; i < 2000; i++) ask(`${i}`, 'one', 100)
  ask('0', 'one', 100)
  expect(count()).toBe(2000)
  ask('another', 'one', 100)
  ask('0', 'one', 100)
  expect(count()).toBe(2001)
  ask('1', 'one', 100)
  expect(count()).toBe(2002)
})
