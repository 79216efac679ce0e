import fs, { existsSync, readFileSync, statSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { giveUpReserve, isDiskFull, layInReserve } from '../../src/store/disk-space.ts'
import { Database, storeError } from '../../src/store/sqlite.ts'
import { temporaryFolder } from '../support/folders.ts'

let cache = ''
beforeEach(() => {
  cache = temporaryFolder()
})

const reserve = (): string => join(cache, 'reserve')

interface Left {
  readonly bytes: number
  readonly ffree?: number
  readonly isReadOnly?: boolean
}

/** As if the disk had so much left. */
function withLeft({ bytes, ffree = 1, isReadOnly = false }: Left): void {
  const { accessSync, statfsSync } = fs
  if (isReadOnly)
    Object.assign(fs, {
      accessSync: () => {
        throw new Error('EROFS')
      },
    })
  Object.assign(fs, { statfsSync: () => ({ bavail: bytes / 512, bsize: 512, files: 9, ffree }) })
  syncBuiltinESMExports()
  onTestFinished(() => {
    Object.assign(fs, { accessSync, statfsSync })
    syncBuiltinESMExports()
  })
}

test('a disk is full where hardly anything fits on it, or no further file', () => {
  expect(isDiskFull(cache)).toBe(false)
  expect(isDiskFull(join(cache, 'fehlt'))).toBe(false)
  withLeft({ bytes: 1 << 20 })
  expect(isDiskFull(cache)).toBe(false)
  withLeft({ bytes: 32 << 10 })
  expect(isDiskFull(cache)).toBe(true)
  withLeft({ bytes: 1 << 20, ffree: 0 })
  expect(isDiskFull(cache)).toBe(true)
})

test('one that may only be read is not full', () => {
  withLeft({ bytes: 0, isReadOnly: true })
  expect(isDiskFull(cache)).toBe(false)
})

describe('the reserve', () => {
  test('is laid in once, and takes its space also where zeros take none', () => {
    layInReserve(cache)
    const { ino, size } = statSync(reserve())
    expect(size).toBe(64 << 10)
    expect(new Set(readFileSync(reserve())).size).toBe(256)
    layInReserve(cache)
    expect(statSync(reserve()).ino).toBe(ino)
  })

  test('is given up on a full disk alone, and once', () => {
    layInReserve(cache)
    expect(giveUpReserve(cache)).toBe(false)
    expect(existsSync(reserve())).toBe(true)
    withLeft({ bytes: 0 })
    expect(giveUpReserve(cache)).toBe(true)
    expect(existsSync(reserve())).toBe(false)
    expect(giveUpReserve(cache)).toBe(false)
  })

  test('is not missed where it cannot be laid in', () => {
    layInReserve(join(cache, 'fehlt'))
    expect(existsSync(join(cache, 'fehlt'))).toBe(false)
  })
})

describe('a full disk is said as such,', () => {
  test.each(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'SQLITE_IOERR_FSYNC', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'])(
    'whatever SQLite calls it: %s',
    (code) => {
      withLeft({ bytes: 0 })
      const error = storeError(new Database.SqliteError('so sprach SQLite', code), join(cache, 'store.sqlite'))
      expect(error).toMatchObject({ code: 'cache_unwritable', params: { reason: { en: 'the disk is full' } } })
    },
  )

  test('and a disk that is not full is not', () => {
    const error = storeError(new Database.SqliteError('so sprach SQLite', 'SQLITE_IOERR_WRITE'), cache)
    expect(error).toMatchObject({ params: { reason: { en: 'disk error' } } })
  })
})
