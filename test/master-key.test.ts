import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FundstelleError } from '../src/errors.ts'
import { isLongEnough, masterKeyOf } from '../src/master-key.ts'
import { temporaryFolder } from './support/folders.ts'

function errorOf(work: () => unknown): FundstelleError {
  try {
    work()
  } catch (error) {
    if (error instanceof FundstelleError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

function fileWith(text: string): string {
  const path = join(temporaryFolder(), 'key')
  writeFileSync(path, text)
  return path
}

const KEY = 'a-key-of-exactly-32-bytes-length'

describe('the master key', () => {
  it('is none where none is set', () => {
    expect(masterKeyOf({ masterKey: null, masterKeyFile: null })).toBeNull()
  })

  it('comes from the environment or from a file, whose end of line is no part of it', () => {
    expect(masterKeyOf({ masterKey: KEY, masterKeyFile: null })).toBe(KEY)
    expect(masterKeyOf({ masterKey: null, masterKeyFile: fileWith(`${KEY}\n`) })).toBe(KEY)
    expect(masterKeyOf({ masterKey: null, masterKeyFile: fileWith(`\ufeff${KEY}\r\n`) })).toBe(KEY)
  })

  it('comes from one of them', () => {
    expect(errorOf(() => masterKeyOf({ masterKey: KEY, masterKeyFile: fileWith(KEY) })).code).toBe('master_key_twice')
  })

  it('must be readable', () => {
    const path = join(temporaryFolder(), 'none')
    const error = errorOf(() => masterKeyOf({ masterKey: null, masterKeyFile: path }))
    expect(error.code).toBe('master_key_unreadable')
    expect(error.detail('de')).toContain(path)
  })

  it.each(['mit Leerzeichen darin', 'Schlüssel-mit-Umlaut', 'zwei\nZeilen-sind-es', 'x'.repeat(1025)])(
    'is nothing that headers cannot carry: %j; the error does not repeat it',
    (key) => {
      const error = errorOf(() => masterKeyOf({ masterKey: key, masterKeyFile: null }))
      expect(error.code).toBe('master_key_unusable')
      for (const language of ['de', 'en'] as const) expect(error.detail(language)).not.toContain(key)
    },
  )

  it('is not empty where its file is', () => {
    expect(errorOf(() => masterKeyOf({ masterKey: null, masterKeyFile: fileWith('\n') })).code).toBe(
      'master_key_unusable',
    )
  })
})

describe('a short master key', () => {
  it.each(['127.0.0.1', '127.3.4.5', '::1', '[::1]', 'localhost', 'LOCALHOST'])('is one to warn of on %s', (host) => {
    expect(isLongEnough('x'.repeat(15), host)).toBe(false)
    expect(isLongEnough('x'.repeat(16), host)).toBe(true)
  })

  it.each(['0.0.0.0', '::', '192.168.0.5', '203.0.113.1', 'example.org', 'localhost.example.org', ''])(
    'is refused on %s',
    (host) => {
      const error = errorOf(() => isLongEnough('x'.repeat(15), host))
      expect(error.code).toBe('master_key_short')
      expect(error.detail('de')).not.toContain('x'.repeat(15))
      expect(isLongEnough('x'.repeat(16), host)).toBe(true)
    },
  )
})
