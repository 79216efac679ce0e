import { expect, it } from 'vitest'
import { loggedPath } from '../../../src/server/http/logged-path.ts'

it.each([
  ['http://x/search?q=geheim', '/search'],
  ['http://x/keys', '/keys'],
  ['http://x/keys/0cc0ad546c5ae678', '/keys/…'],
  ['http://x/keys/0cc0/../0ad5?x=y', '/keys/…'],
  ['http://x/indexes/keys/settings', '/indexes/keys/settings'],
])('of %s a log has %s', (url, path) => {
  expect(loggedPath(url)).toBe(path)
})
