import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { makeFolder } from '../src/make-folder.ts'
import { asOrdinaryUser, temporaryFolder } from './support/folders.ts'

let root = ''
beforeEach(() => {
  root = temporaryFolder()
})

test('a folder is made with those above it, and what is there stays', () => {
  makeFolder(join(root, 'a/b/c'))
  writeFileSync(join(root, 'a/b/c/datei'), 'x')
  makeFolder(join(root, 'a/b/c'))
  makeFolder(join(root, 'a'))
  expect(existsSync(join(root, 'a/b/c/datei'))).toBe(true)
})

test.each([
  ['it', 'datei', 'EEXIST'],
  ['one above it', 'datei/x/y', 'ENOTDIR|EEXIST'],
])('where %s is a file, that is said', (_, path, code) => {
  writeFileSync(join(root, 'datei'), '')
  expect(() => makeFolder(join(root, path))).toThrow(new RegExp(`^(${code})`))
})

test('where it may not be made, that is said', async () => {
  await asOrdinaryUser([root], async () => {
    chmodSync(root, 0o555)
    expect(() => makeFolder(join(root, 'neu'))).toThrow(/^EACCES/)
    expect(() => makeFolder(join(root, 'neu/tief'))).toThrow(/^EACCES/)
  })
})
