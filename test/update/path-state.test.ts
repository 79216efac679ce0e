import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type PathCalls, stateOf } from '../../src/update/path-state.ts'
import { temporaryFolder } from '../support/folders.ts'

let path = ''
beforeEach(() => {
  path = join(temporaryFolder(), 'artikel')
})

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException | null)?.code ?? error

describe('the state of a PATH', () => {
  test('stays the same while the same folder is there, whatever is put into it', () => {
    mkdirSync(path)
    const before = stateOf(path)
    writeFileSync(join(path, 'a.txt'), 'A')
    expect(stateOf(path)).toEqual(before)
    expect(before).toMatchObject({ target: path, error: null })
  })

  test('is another one for another folder, a file, a link elsewhere, nothing, and each error', () => {
    const identities: string[] = []
    const note = (): void => void identities.push(stateOf(path).identity)
    note()
    mkdirSync(path)
    note()
    renameSync(path, `${path}.weg`)
    mkdirSync(path)
    note()
    rmSync(path, { recursive: true })
    writeFileSync(path, 'eine Datei')
    note()
    rmSync(path)
    symlinkSync(`${path}.weg`, path)
    note()
    rmSync(path)
    symlinkSync(path, path)
    note()
    expect(new Set(identities).size).toBe(identities.length)
  })

  test('of a missing PATH is no error: every update tells of it', () => {
    expect(stateOf(path)).toMatchObject({ target: null, error: null })
    writeFileSync(path, 'eine Datei')
    expect(stateOf(join(path, 'darin'))).toMatchObject({ target: null, error: null })
  })

  test('of links in a circle is an error', () => {
    symlinkSync(path, path)
    const { target, error } = stateOf(path)
    expect([target, codeOf(error)]).toEqual([null, 'ELOOP'])
    expect(codeOf(stateOf(join(path, 'darin')).error)).toBe('ELOOP')
  })

  describe.each(['realpath', 'stat', 'access'] as const)('where %s fails', (call) => {
    test.each(['EACCES', 'EIO', 'ESTALE', 'ENOMEM', undefined])('with %s it says so and does not throw', (code) => {
      mkdirSync(path)
      const failing: PathCalls = {
        realpath: () => path,
        stat: () => ({ dev: 1, ino: 2, birthtimeMs: 3 }),
        access: () => {},
        [call]: () => {
          throw Object.assign(new Error('broken'), code === undefined ? {} : { code })
        },
      }
      const state = stateOf(path, failing)
      expect(state.target).toBeNull()
      expect(String(state.error)).toBe('Error: broken')
      expect((state.error as NodeJS.ErrnoException).code).toBe(code)
      expect(state.identity).toBe(`${path} ${code ?? 'broken'}`)
    })
  })

  test('of a PATH that goes between two calls is that it is missing', () => {
    mkdirSync(path)
    const state = stateOf(path, {
      realpath: () => {
        rmSync(path, { recursive: true })
        return path
      },
      stat: () => {
        throw Object.assign(new Error('gone'), { code: 'ENOENT' })
      },
      access: () => {},
    })
    expect(state).toMatchObject({ target: null, error: null })
  })
})
