import { describe, expect, test } from 'vitest'
import { type Steps, Stepwise } from '../../../src/index/docset/stepwise.ts'

describe('work in steps', () => {
  /** Adds up the numbers from 1 to `state.to`; each costs itself. */
  const state = { to: 4, fails: false }
  let done: number[] = []
  function* sum(): Steps<number> {
    const { to } = state
    let total = 0
    for (let number = 1; number <= to; number++) {
      if (state.fails) throw new Error('no more')
      done.push(number)
      total += number
      yield number
    }
    return total
  }
  const begin = (to: number): Stepwise<number> => {
    Object.assign(state, { to, fails: false })
    done = []
    return new Stepwise(() => String(state.to), sum)
  }

  test('goes on where it stopped, and stops where the budget is used up', () => {
    const work = begin(5)
    expect([work.advance(0), done]).toEqual([false, []])
    expect([work.advance(2), done]).toEqual([false, [1, 2]])
    expect([work.advance(3), done]).toEqual([false, [1, 2, 3]])
    expect([work.advance(100), done]).toEqual([true, [1, 2, 3, 4, 5]])
    expect([work.advance(1), work.value, done.length]).toEqual([true, 15, 5])
  })

  test('whose result is asked for is done at once', () => {
    const work = begin(3)
    work.advance(1)
    expect([work.value, done]).toEqual([6, [1, 2, 3]])
  })

  test('is begun anew where another state came, before and after it was done', () => {
    const work = begin(3)
    work.advance(1)
    state.to = 4
    expect([work.value, done]).toEqual([10, [1, 1, 2, 3, 4]])
    state.to = 2
    expect([work.advance(1), work.advance(9), work.value]).toEqual([false, true, 3])
  })

  test('that failed is no result: it is tried again', () => {
    const work = begin(2)
    work.advance(1)
    state.fails = true
    expect(() => work.value).toThrow('no more')
    state.fails = false
    expect(work.value).toBe(3)
  })
})
