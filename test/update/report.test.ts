import { expect, test } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { REFUSALS_TOLD_MAX, UpdateLog } from '../../src/update/report.ts'

test('of a file with very many refusals the first are told, and how many more there are', () => {
  const log = new UpdateLog()
  const error = new FundstelleError('article_empty')
  for (let line = 1; line <= REFUSALS_TOLD_MAX + 5; line++) log.refuse('a.jsonl', line, error)
  log.refuse('b.jsonl', 7, error)
  expect(log.refused).toBe(REFUSALS_TOLD_MAX + 6)
  expect(log.refusals).toHaveLength(REFUSALS_TOLD_MAX + 2)
  expect(log.refusals.slice(-2)).toMatchObject([
    { file: 'b.jsonl', line: 7 },
    { file: 'a.jsonl', line: null },
  ])
  expect(log.refusals.at(-1)?.error.detail('de')).toMatch(/^5 weitere Zeilen dieser Datei sind abgelehnt/)
})

test('as many as are told have no more to tell', () => {
  const log = new UpdateLog()
  for (let line = 1; line <= REFUSALS_TOLD_MAX; line++)
    log.refuse('a.jsonl', line, new FundstelleError('article_empty'))
  expect(log.refusals).toHaveLength(REFUSALS_TOLD_MAX)
})
