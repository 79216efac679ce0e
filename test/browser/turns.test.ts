import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Turns } from '../../src/browser/shared/turns.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Counts its questions, each of which begins a turn. */
function asking(): { turns: Turns; asked: string[]; signals: AbortSignal[]; soon: (question: string) => void } {
  const turns = new Turns()
  const asked: string[] = []
  const signals: AbortSignal[] = []
  const soon = (question: string): void =>
    turns.soon(() => {
      asked.push(question)
      signals.push(turns.begin())
    })
  return { turns, asked, signals, soon }
}

describe('taking turns', () => {
  it('asks at once what comes first, and then after a pause', () => {
    const { asked, soon } = asking()
    soon('a')
    vi.advanceTimersByTime(0)
    expect(asked).toEqual(['a'])
    soon('ab')
    vi.advanceTimersByTime(79)
    expect(asked).toEqual(['a'])
    vi.advanceTimersByTime(1)
    expect(asked).toEqual(['a', 'ab'])
  })

  it('of what comes during the pause asks the last only', () => {
    const { asked, soon } = asking()
    for (const question of ['a', 'ab', 'abc', 'abcd']) {
      soon(question)
      vi.advanceTimersByTime(10)
    }
    vi.advanceTimersByTime(1000)
    expect(asked).toEqual(['a', 'abcd'])
  })

  it('lets what is under way go on until the next question is asked', () => {
    const { soon, signals } = asking()
    soon('a')
    vi.advanceTimersByTime(0)
    soon('ab')
    expect(signals[0]?.aborted).toBe(false)
    vi.advanceTimersByTime(80)
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  })

  it('a turn that begins at once takes the place of what was to come', () => {
    const { turns, asked, soon } = asking()
    soon('a')
    turns.begin()
    vi.advanceTimersByTime(1000)
    expect(asked).toEqual([])
  })

  it('stopped, nothing comes and nothing counts; it can be used again', () => {
    const { turns, asked, signals, soon } = asking()
    soon('a')
    vi.advanceTimersByTime(0)
    soon('ab')
    turns.stop()
    vi.advanceTimersByTime(1000)
    expect(asked).toEqual(['a'])
    expect(signals[0]?.aborted).toBe(true)
    soon('b')
    vi.advanceTimersByTime(80)
    expect(asked).toEqual(['a', 'b'])
    expect(signals[1]?.aborted).toBe(false)
  })
})
