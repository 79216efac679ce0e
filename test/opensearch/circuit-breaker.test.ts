import { expect, it } from 'vitest'
import { CircuitBreaker } from '../../src/opensearch/circuit-breaker.ts'

const broken = (breaker: CircuitBreaker): void => {
  for (let i = 0; i < 5; i++) breaker.failed()
}

it('lets requests through as long as some are answered', () => {
  const breaker = new CircuitBreaker(() => 0)
  for (let i = 0; i < 20; i++) {
    for (let failed = 0; failed < 4; failed++) breaker.failed()
    expect(breaker.mayTry()).toBe(true)
    breaker.answered()
  }
})

it('keeps them back after five without an answer, and lets one try after a pause that grows', () => {
  let now = 0
  const breaker = new CircuitBreaker(() => now)
  broken(breaker)
  expect(breaker.mayTry()).toBe(false)
  now = 500
  expect([breaker.mayTry(), breaker.mayTry()]).toEqual([true, false])
  breaker.failed()
  now = 1_400
  expect(breaker.mayTry()).toBe(false)
  now = 1_500
  expect(breaker.mayTry()).toBe(true)
  breaker.answered()
  expect([breaker.mayTry(), breaker.mayTry()]).toEqual([true, true])
})

it('learns nothing from those that were under way when it closed', () => {
  let now = 0
  const breaker = new CircuitBreaker(() => now)
  for (let i = 0; i < 20; i++) breaker.failed()
  now = 500
  expect(breaker.mayTry()).toBe(true)
})

it('lets another try where the client of the one that tried has gone away', () => {
  let now = 0
  const breaker = new CircuitBreaker(() => now)
  broken(breaker)
  now = 500
  expect(breaker.mayTry()).toBe(true)
  breaker.givenUp()
  expect(breaker.mayTry()).toBe(true)
})
