import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../support/clean-copy.ts'

const PAGES = ['README.md', ...readdirSync(join(projectRoot, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
)
/** Files of other people's projects, which recipes speak of. */
const FOREIGN = new Set(['docs/EINBINDEN.md'])
const SOURCES = ['src', 'test', 'scripts'].flatMap((folder) =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }),
)

/** A name with a folder stands for a path in the project or in src; one without for a file anywhere. */
const isThere = (name: string): boolean =>
  name.includes('/')
    ? existsSync(join(projectRoot, name)) || existsSync(join(projectRoot, 'src', name))
    : SOURCES.some((path) => path === name || path.endsWith(`/${name}`))

it.each(PAGES.filter((page) => !FOREIGN.has(page)))('%s names files that are there', (page) => {
  const text = readFileSync(join(projectRoot, page), 'utf8')
  const names = [...text.matchAll(/`((?:[\w-]+\/)*[\w-]+\.(?:d\.)?(?:ts|mjs|css))`/g)].map(([, name = '']) => name)
  expect(names.filter((name) => !isThere(name))).toEqual([])
})

it.each(PAGES)('%s names scripts that package.json has', (page) => {
  const text = readFileSync(join(projectRoot, page), 'utf8')
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { scripts: object }
  const names = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name)
  expect(names.filter((name) => !FOREIGN.has(page) && !(name in scripts))).toEqual([])
})
