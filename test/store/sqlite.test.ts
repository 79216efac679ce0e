import { expect, test } from 'vitest'
import { Database, storeError } from '../../src/store/sqlite.ts'

test.each([
  ['SQLITE_BUSY', 'store_busy'],
  ['SQLITE_BUSY_SNAPSHOT', 'store_busy'],
  ['SQLITE_LOCKED', 'store_busy'],
  ['SQLITE_FULL', 'cache_unwritable'],
  ['SQLITE_IOERR_WRITE', 'cache_unwritable'],
  ['SQLITE_READONLY', 'cache_unwritable'],
  ['SQLITE_CORRUPT', 'store_broken'],
  ['SQLITE_NOTADB', 'store_broken'],
])('%s is said as %s, with its cause', (code, expected) => {
  const cause = new Database.SqliteError('so sprach SQLite', code)
  expect(storeError(cause, '/x')).toMatchObject({ code: expected, cause })
  const other = new RangeError('nicht von SQLite')
  expect(storeError(other, '/x')).toBe(other)
})
