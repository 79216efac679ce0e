import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { importsBelow, roomsIn, wrongArrows } from '../../scripts/arrows.mjs'
import { projectRoot } from '../support/clean-copy.ts'
import { makeFolder, removeFolder, writeFiles } from '../support/folders.ts'

const PAGE = readFileSync(join(projectRoot, 'docs', 'DESIGN.md'), 'utf8')

/** One copy of the sources for all cases: each takes back what it changes. */
const copy = makeFolder()
beforeAll(() => cpSync(join(projectRoot, 'src'), copy, { recursive: true }))
afterAll(() => removeFolder(copy))

/** What is wrong in a copy of the sources with these files put in, or lines put before what is there. */
function wrongWith(files: Readonly<Record<string, string>>, page = PAGE): string[] {
  for (const [name, lines] of Object.entries(files)) {
    const path = join(copy, name)
    const before = existsSync(path) ? readFileSync(path, 'utf8') : null
    onTestFinished(() => (before === null ? rmSync(path) : writeFileSync(path, before)))
    writeFiles(copy, { [name]: `${lines}\n${before ?? ''}` })
  }
  return wrongArrows(roomsIn(page), importsBelow(copy))
}

it('the table of rooms in docs/DESIGN.md is what the code has', () => {
  expect(wrongArrows(roomsIn(PAGE), importsBelow(join(projectRoot, 'src')))).toEqual([])
})

it.each([
  [
    'a room below',
    { 'index/segment/content-hash.ts': "import '../mutex.ts'" },
    ['src/index/segment/content-hash.ts: src/index/segment must not import src/index/mutex.ts'],
  ],
  [
    'a type',
    { 'index/arrays/arena.ts': "import type { Article } from '../../article/article.ts'" },
    ['src/index/arrays/arena.ts: src/index/arrays must not import src/article/article.ts'],
  ],
  [
    'a module at run time',
    { 'index/arrays/arena.ts': "await import('../../time.ts')" },
    ['src/index/arrays/arena.ts: src/index/arrays must not import src/time.ts'],
  ],
  [
    'a library of another room',
    { 'server/app.ts': "import { z } from 'zod'" },
    ['src/server/app.ts: the library zod belongs to another folder'],
  ],
  [
    'Node in what browsers run',
    { 'browser/box/box.ts': "import 'node:fs'" },
    ['src/browser/box/box.ts: the library node:fs belongs to another folder'],
  ],
  [
    'a room that nobody has named',
    { 'index/other/new.ts': '' },
    ['src/index/other/new.ts: the table of rooms has no row for its folder'],
  ],
  [
    'a circle of types',
    { 'time.ts': "export type * from './fingerprint.ts'", 'fingerprint.ts': "import type {} from './time.ts'" },
    [expect.stringMatching(/^a circle: src\/(?:time|fingerprint)\.ts -> /)],
  ],
])('the linter finds %s', (_, files, expected) => {
  expect(wrongWith(files)).toEqual(expected)
})

it('the table says no more than the code', () => {
  const page = PAGE.replace(/^(\| `src\/index\/dictionary\/` \|[^|]*\|)/m, '$1 `index/docset` `cli`').replace(
    /^(\| `src\/article\/` .*\|) *\|$/m,
    '$1 `yaml` |',
  )
  expect(wrongWith({}, page).sort()).toEqual([
    'src/article: the table says that it imports yaml, but it does not',
    'src/index/dictionary: src/cli does not stand above it in the table',
    'src/index/dictionary: the table says that it imports cli, but it does not',
    'src/index/dictionary: the table says that it imports index/docset, but it does not',
  ])
})
