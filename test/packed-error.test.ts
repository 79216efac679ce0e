import { expect, test } from 'vitest'
import { FundstelleError } from '../src/errors.ts'
import { isRefusedForGood, refusalOf, refusedAs } from '../src/opensearch/cluster.ts'
import { packError, unpackError } from '../src/packed-error.ts'

/** As it comes out at another thread. */
const told = (error: unknown): Error => unpackError(structuredClone(packError(error)))

test('an error between threads keeps its code or message, its stack, and what caused it', () => {
  const full = new Error('ENOSPC: no space left')
  const error = new FundstelleError('cache_unwritable', { path: '/x', reason: 'voll' }, { cause: full })
  const arrived = told(error) as FundstelleError
  expect(arrived).toBeInstanceOf(FundstelleError)
  expect([arrived.code, arrived.params]).toEqual([error.code, error.params])
  expect(arrived.cause).toMatchObject({ message: full.message, stack: full.stack })
  expect(told(new Error('außen', { cause: error })).cause).toMatchObject({ code: 'cache_unwritable' })
})

test('one without a cause has none, and what is no error is told as its text', () => {
  expect('cause' in told(new Error('allein'))).toBe(false)
  expect(told('nur Text').message).toBe('nur Text')
  expect(told(new Error('außen', { cause: 7 })).cause).toMatchObject({ message: '7' })
})

test('one that is its own cause ends', () => {
  const error = new Error('Kreis')
  error.cause = error
  expect(told(error).cause).toMatchObject({ message: 'Kreis' })
})

test('what a cluster refused is known as that by another thread: whether trying again helps depends on it', () => {
  const refused = told(refusalOf(400, { type: 'too_many_clauses', reason: 'more than 1024' }))
  expect([isRefusedForGood(refused), refusedAs(refused, 'too_many_clauses')]).toEqual([true, true])
  expect(isRefusedForGood(told(refusalOf(503, undefined)))).toBe(false)
  expect(isRefusedForGood(told(new FundstelleError('engine_unavailable', { why: '' }, { cause: refused })))).toBe(false)
})
