import { describe, expect, test } from 'vitest'
import { type Child, Supervisor, type UnexpectedEnd } from '../../src/update/supervise.ts'
import { ManualTimers } from '../support/manual-timers.ts'

const MINUTE_MS = 60_000

function supervised(start: () => void = () => {}) {
  const timers = new ManualTimers()
  const children: { began: () => void; ended: (error?: unknown) => void; closed: boolean }[] = []
  const ends: UnexpectedEnd[] = []
  const supervisor = new Supervisor(
    (began, ended): Child => {
      start()
      const child = { began, ended, closed: false }
      children.push(child)
      return {
        async close() {
          child.closed = true
          ended(undefined)
        },
      }
    },
    (end) => ends.push(end),
    timers,
  )
  const last = () => children.at(-1) as (typeof children)[number]
  return { timers, children, ends, supervisor, last }
}

describe('a supervisor', () => {
  test('starts its child at once and says how it is', () => {
    const { children, supervisor, last, ends } = supervised()
    expect(children).toHaveLength(1)
    expect(supervisor.state).toBe('starting')
    last().began()
    expect(supervisor.state).toBe('running')
    expect(ends).toEqual([])
  })

  test('starts a child that ended again, after a pause that grows up to five minutes; after five ends it says so', async () => {
    const { timers, children, ends, supervisor, last } = supervised()
    const states: string[] = []
    for (let round = 1; round <= 12; round++) {
      last().began()
      last().ended(new Error(`end ${round}`))
      states.push(supervisor.state)
      expect(children).toHaveLength(round)
      await timers.advance((ends.at(-1) as UnexpectedEnd).againMs - 1)
      expect(children).toHaveLength(round)
      await timers.advance(1)
      expect(children).toHaveLength(round + 1)
    }
    expect(ends.map(({ againMs }) => againMs / 1000)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
    expect(states).toEqual([...Array(4).fill('restarting'), ...Array(8).fill('failed')])
    expect(ends.map(({ ends: n, error }) => `${n} ${(error as Error).message}`).slice(0, 2)).toEqual([
      '1 end 1',
      '2 end 2',
    ])
    last().began()
    expect(supervisor.state).toBe('running')
  })

  test('a child that ran well begins with the shortest pause again; one that never began its work has not run well', async () => {
    const { timers, ends, last } = supervised()
    for (let round = 0; round < 3; round++) {
      last().ended()
      await timers.advance(10_000)
    }
    await timers.advance(60 * MINUTE_MS)
    last().ended()
    await timers.advance(10_000)
    last().began()
    await timers.advance(5 * MINUTE_MS)
    last().ended()
    expect(ends.map(({ againMs }) => againMs / 1000)).toEqual([1, 2, 4, 8, 1])
    expect(ends.at(-1)).toMatchObject({ ends: 1, state: 'restarting', error: undefined })
  })

  test('a child that ran for a moment less than five minutes has not run well', async () => {
    const { timers, ends, last } = supervised()
    last().ended()
    await timers.advance(1000)
    last().began()
    await timers.advance(5 * MINUTE_MS - 1)
    last().ended()
    expect(ends.map(({ againMs }) => againMs)).toEqual([1000, 2000])
  })

  test('a child that never began its work has not run well because the one before it did', async () => {
    const { timers, ends, last } = supervised()
    last().began()
    last().ended()
    await timers.advance(1000)
    await timers.advance(5 * MINUTE_MS)
    last().ended()
    expect(ends.map(({ againMs }) => againMs)).toEqual([1000, 2000])
  })

  test('a child that cannot even be started is tried again', async () => {
    let tries = 0
    const { timers, children, ends, supervisor } = supervised(() => {
      tries += 1
      if (tries < 3) throw new Error('no room for a thread')
    })
    expect(children).toHaveLength(0)
    expect(supervisor.state).toBe('restarting')
    await timers.advance(3000)
    expect(children).toHaveLength(1)
    expect(ends.map(({ error }) => (error as Error).message)).toEqual(['no room for a thread', 'no room for a thread'])
  })

  test('closing ends the child, which is no unexpected end, and starts none', async () => {
    const { timers, children, ends, supervisor, last } = supervised()
    last().began()
    await supervisor.close()
    expect(last().closed).toBe(true)
    await timers.advance(10 * MINUTE_MS)
    expect(children).toHaveLength(1)
    expect(ends).toEqual([])
  })

  test('closing during a pause starts none either', async () => {
    const { timers, children, supervisor, last } = supervised()
    last().ended()
    await supervisor.close()
    await timers.advance(10 * MINUTE_MS)
    expect(children).toHaveLength(1)
    expect(timers.pending).toEqual([])
  })
})
