import { expect, test } from 'vitest'
import { type Features, SIGNALS, secondStage } from '../../../src/search/ranking/signals.ts'
import { WEIGHTS } from '../../../src/search/ranking/weights.ts'

test('the second stage adds every signal, each with its weight', () => {
  const none = Object.fromEntries(SIGNALS.map((name) => [name, 0])) as unknown as Features
  expect(secondStage(none, WEIGHTS)).toBe(0)
  for (const name of SIGNALS) expect(secondStage({ ...none, [name]: 2 }, WEIGHTS), name).toBe(2 * WEIGHTS[name])
  const all = Object.fromEntries(SIGNALS.map((name, at) => [name, 0.1 + at / 3])) as unknown as Features
  let sum = 0
  for (const name of SIGNALS) sum += WEIGHTS[name] * all[name]
  expect(secondStage(all, WEIGHTS)).toBe(sum)
})
