import { expect, it } from 'vitest'
import { unreadable } from '../../src/ingest/unreadable.ts'

it.each([
  [Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: 'EACCES' }), 'keine Berechtigung, EACCES'],
  [Object.assign(new Error("EXDEV: odd, open '/x'"), { code: 'EXDEV' }), 'EXDEV'],
  [new RangeError('Maximum call stack size exceeded'), 'zu tief geschachtelt'],
  [undefined, 'zu tief geschachtelt'],
])('%s is told in words of our own, without a path', (cause, words) => {
  const error = unreadable(cause)
  expect(error.detail('de')).toContain(words)
  expect(error.detail('de')).not.toMatch(/permission|exceeded|\/x/)
  expect(error.cause).toBe(cause)
})
