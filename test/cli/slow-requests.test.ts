import { pino } from 'pino'
import { expect, it } from 'vitest'
import { logIfSlow } from '../../src/cli/serve-log.ts'

const REQUEST = {
  id: 'abc',
  route: '/search',
  method: 'GET',
  status: 200,
  ms: 1200.4,
  times: { wait: 1000.2, rank: 3.7 },
  work: 5000,
  queryLength: 12,
  query: () => 'ein Geheimnis',
}

function linesWith(settings: { slowMs: number; logQueries: boolean }): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = []
  const log = pino(
    { base: null, timestamp: false },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  )
  logIfSlow(REQUEST, settings, log)
  return lines
}

it('a slow request is written down with what it took, and without what was searched for', () => {
  const [line, ...more] = linesWith({ slowMs: 1000, logQueries: false })
  expect(more).toEqual([])
  expect(line).toEqual({
    ...{ level: 30, msg: 'a slow request', id: 'abc', route: '/search', method: 'GET', status: 200 },
    ...{ ms: 1200, times: { wait: 1000, rank: 4 }, work: 5000, queryLength: 12 },
  })
})

it('what was searched for is written down where the owner wants that', () => {
  expect(linesWith({ slowMs: 1000, logQueries: true })).toMatchObject([{ query: 'ein Geheimnis' }])
})

it('a request that is not slow is not written down, and none where nobody asks for it', () => {
  expect(linesWith({ slowMs: 1201, logQueries: true })).toEqual([])
  expect(linesWith({ slowMs: 0, logQueries: true })).toEqual([])
})
