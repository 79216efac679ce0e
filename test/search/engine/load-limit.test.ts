import { expect, it } from 'vitest'
import type { Engine } from '../../../src/search/engine/engine.ts'
import { withLoadLimit } from '../../../src/search/engine/load-limit.ts'
import { WorkBudget } from '../../../src/work-budget.ts'

it('refuses what comes while as many calls are being answered as may be, and takes more once one is', async () => {
  const ends: (() => void)[] = []
  const wait = (): Promise<undefined> => new Promise((resolve) => ends.push(() => resolve(undefined)))
  const engine: Engine = {
    read: wait as Engine['read'],
    article: wait,
    idWithUrl: wait,
    suggestTerms: async () => [],
    facetValues: async () => [],
    state: async () => 'one',
  }
  const limited = withLoadLimit(engine, 2)
  const budget = new WorkBudget()
  const [one, other] = [limited.read(async () => 1, budget), limited.article('a', budget)]
  expect(limited.waiting).toBe(2)
  await expect(limited.suggestTerms('a', 1, budget)).rejects.toMatchObject({ code: 'overloaded' })
  expect(await limited.state()).toBe('one')
  ends[0]?.()
  await one
  expect(await limited.suggestTerms('a', 1, budget)).toEqual([])
  ends[1]?.()
  await other
  expect([limited.waiting, limited.refused]).toEqual([0, 1])
})

it('counts what fails as answered', async () => {
  const engine = { article: () => Promise.reject(new Error('no')) } as unknown as Engine
  const limited = withLoadLimit(engine, 1)
  for (let i = 0; i < 3; i++) await expect(limited.article('a', new WorkBudget())).rejects.toThrow('no')
  expect(limited.waiting).toBe(0)
})
