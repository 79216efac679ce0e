import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { poll, run, type Served, serve, start } from '../support/program.ts'
import { updated } from '../support/updating.ts'

/** Only for what hangs. */
const DEADLINE_MS = 120_000

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = join(temporaryFolder(), 'cache')
})

const page = (head: string, word: string): string => `---\ntitle: Titel\n${head}\n---\n\n${word}`
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString()

/** Waits until the word is found, and sees to it that this is not before the moment. */
async function appears(served: Served, word: string, moment: string): Promise<void> {
  await poll(async () => {
    const isFound = (await served.hits(word)) === 1
    if (isFound) expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(moment))
    return isFound
  }, DEADLINE_MS)
}

test('the summary names what was left out by kind, in both languages, and --drafts takes it in', async () => {
  writeFiles(root, {
    'a.md': page('draft: true', 'Geheimwort'),
    '_drafts/b.md': page('x: 1', 'Geheimwort'),
    'c.html': '<meta name=robots content=noindex><p>Geheimwort',
    'd.md': page('publishDate: 2999-01-01', 'Geheimwort'),
    'e.txt': 'Titel\n\nGeheimwort',
    '_includes/kopf.html': '<p>Geheimwort',
  })
  const indexed = await run(['index', root, '--cache', cache])
  expect(indexed.code).toBe(0)
  expect(indexed.out).toContain('1 neu')
  expect(indexed.out).toContain('\nNicht öffentlich: 2 Entwürfe, 1 noindex, 1 geplant (das nächste ab 2999-01-01)\n')
  expect(indexed.out).toContain(`\nKeine Artikel: 1 Ordner (${join(root, '_includes')})\n`)
  const again = await run(['index', root, '--cache', cache, '--lang', 'en'])
  expect(again.out).toContain('\nNot public: 2 drafts, 1 noindex, 1 scheduled (the next from 2999-01-01)\n')

  const drafts = await run(['--drafts', 'index', root, '--cache', cache])
  expect(drafts.out).toContain('4 neu')
  expect(drafts.out).not.toContain('Nicht öffentlich')
  const without = await run(['index', root, '--cache', cache])
  expect(without.out).toContain('4 entfernt')
  const byVariable = await run(['index', root, '--cache', cache], { env: { FUNDSTELLE_DRAFTS: '1' } })
  expect(byVariable.out).toContain('4 neu')
  for (const command of ['index', 'start', 'serve']) {
    const help = await run(['help', command])
    expect(help.out).toMatch(/--drafts .*FUNDSTELLE_DRAFTS/)
  }
})

test('serve and search tell of articles that another version read, until they are read again', async () => {
  writeFiles(root, { 'a.txt': 'Haus' })
  await updated(cache, [root])
  const german = /Die Artikel aus 1 Dateien .* wie eine andere Fassung .* etwa \S+a\.txt\..* fundstelle index PFAD/
  expect((await run(['search', 'Haus', '--cache', cache])).err).toMatch(german)
  const english = await run(['search', 'Haus', '--json', '--cache', cache, '--lang', 'en'])
  expect(english.err).toMatch(/articles of 1 files .*another version .* fundstelle index PATH/)
  const served = await serve(cache)
  expect(served.err).toMatch(german)
  await served.end()
  const watching = await serve(cache, '--watch', root)
  expect(watching.err).not.toMatch(german)
  await watching.end()
  await run(['index', root, '--cache', cache])
  expect((await run(['search', 'Haus', '--cache', cache])).err).not.toMatch(german)
})

test('a server without --watch lets a planned article appear and an expired one go when the time comes', async () => {
  const [from, until] = [inSeconds(3), inSeconds(4)]
  writeFiles(root, {
    'kommt.md': page(`publishDate: ${from}`, 'Neuigkeit'),
    'geht.md': page(`expires: ${until}`, 'Altlast'),
    'bleibt.md': page('x: 1', 'Dauergast'),
  })
  expect((await run(['index', root, '--cache', cache])).code).toBe(0)
  const served = await serve(cache)
  await appears(served, 'Neuigkeit', from)
  await poll(async () => (await served.hits('Altlast')) === 0, DEADLINE_MS)
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until))
  expect(await served.hits('Dauergast')).toBe(1)
  expect((await served.end()).code).toBe(0)
})

test('a server that watches takes drafts in where they are asked for, and lets planned articles appear', async () => {
  writeFiles(root, { 'a.md': page('draft: true', 'Geheimwort') })
  const served = await serve(cache, '--drafts', '--watch', root)
  await poll(async () => (await served.hits('Geheimwort')) === 1, DEADLINE_MS)
  await served.end()

  const watching = await serve(cache, '--watch', root)
  await poll(async () => (await watching.hits('Geheimwort')) === 0, DEADLINE_MS)
  const from = inSeconds(2)
  writeFiles(root, { 'b.md': page(`date: ${from}`, 'Neuigkeit') })
  await appears(watching, 'Neuigkeit', from)
})

test('index --watch says what appeared by itself', async () => {
  const from = inSeconds(2)
  writeFiles(root, { 'a.md': page(`date: ${from}`, 'Neuigkeit'), 'b.txt': 'Titel\n\nText' })
  const watching = start(['index', '--watch', root, '--cache', cache])
  await watching.until('out', /1 erschienen|2 neu/)
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(from))
  appendFileSync(join(root, 'b.txt'), ' mehr')
  await watching.until('out', /1 geändert/)
  expect((await watching.end()).code).toBe(0)
})
