import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../support/clean-copy.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

/** What the compiler says of a site's script, with the package installed. */
function compile(script: string): { code: number | null; said: string } {
  const site = temporaryFolder()
  mkdirSync(join(site, 'node_modules'))
  symlinkSync(projectRoot, join(site, 'node_modules', 'fundstelle'))
  writeFiles(site, {
    'site.ts': script,
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: 'esnext',
        moduleResolution: 'bundler',
        lib: ['es2023', 'dom', 'dom.iterable'],
        types: [],
      },
      files: ['site.ts'],
    }),
  })
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', site], { encoding: 'utf8' })
  return { code: status, said: stdout }
}

it('a site in TypeScript knows the element and what its events tell', () => {
  const { code, said } = compile(`import type {} from 'fundstelle/embed'
const box = document.createElement('fundstelle-suche')
box.setAttribute('limit', '3')
box.addEventListener('fundstelle-search', ({ detail }) => {
  const hits: number = detail.totalHits
  document.title = detail.query + hits
})
document.querySelector('fundstelle-suche')?.addEventListener('fundstelle-select', (event) => {
  event.preventDefault()
  location.href = event.detail.url + event.detail.id + event.detail.query
})
box.addEventListener('click', ({ clientX }) => clientX)
`)
  expect(said).toBe('')
  expect(code).toBe(0)
})

it('and is told what is wrong', () => {
  const { code, said } = compile(`import type { FundstelleSelectDetail } from 'fundstelle/embed'
const one: FundstelleSelectDetail = { id: 'a', url: 'b', query: 7 }
document.createElement('fundstelle-suche').addEventListener('fundstelle-search', ({ detail }) => detail.hits)
`)
  expect(code).not.toBe(0)
  expect(said.match(/error TS\d+/g)).toEqual(['error TS2322', 'error TS2339'])
})
