import { expect, it } from 'vitest'
import { WorkTime } from '../../src/ingest/work-time.ts'

it.each([
  ['a machine of its own', 1000, 1000, 1000],
  ['several threads at work', 1000, 2500, 1000],
  ['a machine that is busy with other things', 10_000, 4000, 4000],
  ['one that does nothing but wait', 60_000, 0, 10_000],
])('%s: of %i ms, %i of them at work, %i count', (_, wall, processor, counted) => {
  const now = { wall: 5000, processor: 700 }
  const time = new WorkTime({ wall: () => now.wall, processor: () => now.processor })
  expect(time.counted).toBe(0)
  now.wall += wall
  now.processor += processor
  expect(time.counted).toBe(counted)
  expect(time.passed).toBe(wall)
  time.restart()
  expect(time.counted).toBe(0)
})
