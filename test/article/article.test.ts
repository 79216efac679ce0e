import { expect, it } from 'vitest'
import { isIsoDate, parseArticle } from '../../src/article/article.ts'
import { FundstelleError } from '../../src/errors.ts'
import { timeOf } from '../../src/time.ts'

it.each([
  ['2024-03-03', '2024-03-03T00:00:00Z'],
  ['2024-03-03T10:00', '2024-03-03T10:00:00Z'],
  ['2024-03-03 10:00:00', '2024-03-03T10:00:00Z'],
  ['2024-03-03T10:00:00+0100', '2024-03-03T09:00:00Z'],
  ['2024-03-03T10:00:00.250+01:00', '2024-03-03T09:00:00.250Z'],
  // a leap second, which JavaScript does not know
  ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
])('%s is the moment %s', (date, moment) => {
  expect(isIsoDate(date)).toBe(true)
  expect(timeOf(date)).toBe(Date.parse(moment))
})

it.each(['2024-02-30', '2024-13-01', '2024-03-03T24:00', '2024-03-03T10:00+99:99', '3.3.2024', ''])(
  '%j is no date of ISO 8601',
  (text) => {
    expect(isIsoDate(text)).toBe(false)
  },
)

it('no date is before every date', () => {
  expect(timeOf(null)).toBeLessThan(timeOf('0001-01-01'))
})

it.each(['', '.', '..', true])('the id %j is refused: no address could name it', (id) => {
  expect(() => parseArticle({ id, text: 'a' }, 'b')).toThrow(FundstelleError)
})

it.each([
  ['...', '...'],
  [7, '7'],
  [null, 'b'],
])('the id %j is %s', (id, expected) => {
  expect(parseArticle({ id, text: 'a' }, 'b').id).toBe(expected)
})
