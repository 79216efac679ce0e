import { expect, test } from 'vitest'
import { admit } from '../../src/update/admission.ts'
import { articleOf } from '../support/articles.ts'

const NOW = 1000
const reading = (window: { from?: number; until?: number }) =>
  admit({ kind: 'article', article: articleOf({ id: 'x' }), line: 1, ...window }, { drafts: false, now: NOW })

test.each([
  [NOW - 1, null],
  [NOW, null],
  [NOW + 1, NOW + 1],
])('at %i an article appears: from that moment on it is public', (from, waitsUntil) => {
  expect(reading({ from })).toMatchObject({ kind: 'article', from: waitsUntil })
})

test.each([
  [NOW - 1, { kind: 'leftOut', state: 'expired' }],
  [NOW, { kind: 'leftOut', state: 'expired' }],
  [NOW + 1, { kind: 'article', until: NOW + 1 }],
])('at %i an article goes: at that moment it is public no more', (until, admission) => {
  expect(reading({ until })).toMatchObject(admission)
})
