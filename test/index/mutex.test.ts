import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Mutex } from '../../src/index/mutex.ts'

it('work goes on one at a time, in the order it came, also after some that failed', async () => {
  const mutex = new Mutex()
  const order: string[] = []
  const piece = (name: string, fails = false) =>
    mutex.run(async () => {
      order.push(`${name} begins`)
      await setImmediate()
      order.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    })
  const [a, b, c] = await Promise.allSettled([piece('a'), piece('b', true), piece('c')])
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect([a?.status, b?.status, c?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})
