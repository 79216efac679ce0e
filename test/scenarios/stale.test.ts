import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../support/clean-copy.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { poll, run, type Served, serve, serveWith } from '../support/program.ts'

/** The built program in a folder of its own, as a package would have it: no sources. */
function copyOfProgram(): { readonly main: string; readonly prints: string } {
  const root = temporaryFolder()
  for (const name of ['package.json', 'dist']) cpSync(join(projectRoot, name), join(root, name), { recursive: true })
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
  return { main: join(root, 'dist', 'cli', 'main.js'), prints: join(root, 'dist', 'fingerprints.json') }
}

/** As if another release had been built there, of which only this part is other code. */
function asOtherBuild(prints: string, part: 'index' | 'readers' | 'program'): void {
  const before = JSON.parse(readFileSync(prints, 'utf8')) as Record<string, string>
  writeFileSync(prints, JSON.stringify({ ...before, [part]: 'another' }))
}

function articles(): string {
  const folder = temporaryFolder()
  const text = (name: string): string => `Drohne ${name}\n\nDie Drohne fliegt über die Stadt ${name}.\n`
  writeFiles(folder, { '2019-01-01-alt.txt': text('Kassel'), '2026-11-20-neu.txt': text('am Ufer von Passau, heute') })
  return folder
}

async function asked(served: Served, path: string, tag?: string): Promise<{ status: number; tag: string }> {
  const headers: HeadersInit = tag === undefined ? {} : { 'if-none-match': tag }
  const response = await fetch(`${served.url}${path}`, { headers })
  await response.text()
  return { status: response.status, tag: response.headers.get('etag') ?? '' }
}

test('what a client keeps is good after a restart, and not with another setting or another release', async () => {
  const [cache, path] = [temporaryFolder(), '/search?q=Drohne']
  expect((await run(['index', articles(), '--cache', cache])).code).toBe(0)
  const first = await serve(cache)
  const { tag } = await asked(first, path)
  await first.end()

  const again = await serve(cache)
  expect((await asked(again, path, tag)).status).toBe(304)
  await again.end()

  const other = await serve(cache, '--recency', '30')
  const fresh = await asked(other, path, tag)
  expect(fresh.status).toBe(200)
  expect((await asked(other, path, fresh.tag)).status).toBe(304)
  await other.end()

  const { main, prints } = copyOfProgram()
  const same = await serveWith(main, cache)
  expect((await asked(same, path, tag)).status).toBe(304)
  await same.end()
  asOtherBuild(prints, 'program')
  const release = await serveWith(main, cache)
  expect((await asked(release, path, tag)).status).toBe(200)
  await release.end()
})

test('an index that other code made is not used, but made anew', async () => {
  const cache = temporaryFolder()
  const { main, prints } = copyOfProgram()
  const folder = articles()
  expect((await run(['index', folder, '--cache', cache], { main })).code).toBe(0)
  expect((await run(['check', '--cache', cache], { main })).code).toBe(0)

  // what only answers depend on leaves the index as it is
  asOtherBuild(prints, 'program')
  expect((await run(['check', '--cache', cache], { main })).code).toBe(0)

  asOtherBuild(prints, 'index')
  const checked = await run(['check', '--cache', cache], { main })
  expect([checked.code, checked.err]).toEqual([1, expect.stringMatching(/gen-1/)])
  const served = await serveWith(main, cache)
  expect(served.err).toContain('snapshot_version')
  expect(await served.hits('Drohne')).toBe(2)
  // its thread, which builds, knows the new release too
  const isSound = async (): Promise<boolean> => (await run(['check', '--cache', cache], { main })).code === 0
  await poll(isSound, 60_000)
  await served.end()
})

test('files are read again where other code would read them', async () => {
  const cache = temporaryFolder()
  const { main, prints } = copyOfProgram()
  const folder = articles()
  const index = async (): Promise<string> =>
    (await run(['index', folder, '--cache', cache, '--lang', 'en'], { main })).out
  expect(await index()).toContain('2 read, 0 unchanged')
  expect(await index()).toContain('0 read, 2 unchanged')
  asOtherBuild(prints, 'readers')
  expect(await index()).toContain('2 read, 0 unchanged')
})

test('a build without fingerprints says what is missing', async () => {
  const { main, prints } = copyOfProgram()
  rmSync(prints)
  const { code, err } = await run(['index', articles(), '--cache', temporaryFolder()], { main })
  expect([code, err]).toEqual([1, expect.stringMatching(/fingerprints\.json .*npm run build/)])
  expect(err).not.toMatch(/\n\s+at /)
})

test('a package has the fingerprints in it', () => {
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const shell = process.platform === 'win32'
  const [packed] = JSON.parse(execFileSync('npm', words, { cwd: projectRoot, encoding: 'utf8', shell })) as {
    files: { path: string }[]
  }[]
  expect(packed?.files.map(({ path }) => path)).toContain('dist/fingerprints.json')
})
