import { copyFileSync, cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { ApiServer } from '../support/api-client.ts'
import { seededRandom } from '../support/corpus.ts'
import { callsIn, Faults } from '../support/faults/faults.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { run, start } from '../support/program.ts'
import { inTurns, isThorough, numbersByKind, oneOf } from '../support/thorough.ts'

let [home, cache, file] = ['', '', '']
beforeEach(async () => {
  home = temporaryFolder()
  ;[cache, file] = [join(home, 'cache'), join(home, 'backup.tar.gz')]
  writeFiles(join(home, 'articles'), { 'drohne.txt': 'Drohnen\n\nEin Text.\n', 'haus.txt': 'Häuser\n\nEin anderer.\n' })
  expect(await run(['index', '--cache', cache, join(home, 'articles')])).toMatchObject({ code: 0 })
})

const indexed = async (folder: string): Promise<string> =>
  (await run(['search', 'Drohne', '--json', '--cache', folder])).out.replace(/"(processingTimeMs|indexVersion)".*/g, '')

test('on the command line: what was indexed is backed up and restored, and each refusal says what to do', async () => {
  const backup = await run(['backup', file, '--cache', cache])
  expect(backup).toMatchObject({ code: 0 })
  expect(backup.out).toMatch(/^Gesichert in .+ \(0,\d MB\): 2 Artikel, 0 Indizes\.$/m)
  const restored = join(home, 'restored')
  const restore = await run(['restore', file, '--cache', restored, '--lang', 'en'])
  expect(restore).toMatchObject({ code: 0 })
  expect(restore.out).toMatch(/^Restored to .+: 2 articles, 0 indexes\. The next start builds the indexes\.$/m)
  expect(await run(['check', '--cache', restored])).toMatchObject({ code: 0, err: '' })
  expect(await indexed(restored)).toBe(await indexed(cache))

  const again = await run(['restore', file, '--cache', restored])
  expect(again).toMatchObject({ code: 1, out: '' })
  expect(again.err).toMatch(/liegt schon etwas \(.*store\.sqlite.*\)\. Mit --force/)
  const forced = await run(['restore', file, '--cache', restored, '--force'])
  expect(forced).toMatchObject({ code: 0 })
  expect(forced.err).toMatch(/Was vorher dort lag, liegt jetzt in \S+before-restore-\S+/)
  expect(await indexed(restored)).toBe(await indexed(cache))

  expect(await run(['backup', '--cache', cache])).toMatchObject({ code: 2 })
  expect(await run(['backup', file, '--cache', join(home, 'none')])).toMatchObject({ code: 1 })
  expect((await run(['restore', join(home, 'none'), '--cache', join(home, 'x')])).err).toMatch(
    /kann nicht gelesen werden/,
  )
  copyFileSync(join(home, 'articles', 'haus.txt'), file)
  expect((await run(['restore', file, '--cache', join(home, 'x')])).err).toMatch(/keine vollständige Sicherung/)
  expect(existsSync(join(home, 'x'))).toBe(false)
})

test('nothing is restored under a server that runs', async () => {
  expect(await run(['backup', file, '--cache', cache])).toMatchObject({ code: 0 })
  const server = await ApiServer.start(cache)
  const refused = await run(['restore', file, '--force', '--cache', cache])
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.err).toMatch(/wird gerade von einem Server benutzt/)
  expect((await server.get('/indexes/articles/stats')).numberOfDocuments).toBe(2)
})

/** Of the kinds of calls so many are tried. */
const KILLS = 10

test('wherever a restore is killed, nothing has happened, or the folder is refused until it is done again', async ({
  skip,
}) => {
  const faults = Faults.compile(temporaryFolder())
  if (!(faults instanceof Faults)) return skip(faults)
  expect(await run(['backup', file, '--cache', cache])).toMatchObject({ code: 0 })
  const before = await indexed(cache)
  writeFiles(join(home, 'articles'), { 'neu.txt': 'Drohnenflug\n\nNeues.\n' })
  expect(await run(['index', '--cache', cache, join(home, 'articles')])).toMatchObject({ code: 0 })
  const after = await indexed(cache)
  const words = (folder: string): string[] => ['restore', file, '--force', '--cache', folder]
  const whole = join(home, 'whole')
  cpSync(cache, whole, { recursive: true })
  const report = join(home, 'report')
  expect(await start(words(whole), faults.environment(whole, report)).finished).toMatchObject({ code: 0 })
  const calls = callsIn(report)
  const seen = { before: 0, after: 0, refused: 0 }
  const random = seededRandom(calls.length)
  const kinds = numbersByKind(calls.map((call) => call.replace(/before-restore-\S+?\//, 'before-restore/')))
  // from the first that changes what was there
  const late = Array.from(calls, (_, i) => i + 1).slice(calls.findIndex((call) => call.includes('before-restore')))
  const picked = isThorough
    ? Array.from(calls, (_, i) => i + 1)
    : Array.from({ length: KILLS }, (_, i) => oneOf(i % 2 === 0 ? oneOf(kinds, random) : late, random))
  await inTurns(picked, async (at, number) => {
    const folder = join(home, `killed-${number}`)
    cpSync(cache, folder, { recursive: true })
    const fault = { at, by: 'SIGKILL', torn: random() < 0.5 } as const
    await start(words(folder), faults.environment(folder, join(home, `report-${number}`), fault)).finished
    const checked = await run(['check', '--cache', folder])
    if (checked.code === 0) {
      const found = await indexed(folder)
      expect([before, after], `call ${at}: ${calls[at - 1]}`).toContain(found)
      seen[found === before ? 'after' : 'before'] += 1
    } else {
      expect(checked.err, `call ${at}: ${calls[at - 1]}`).toMatch(/restore DATEI --force/)
      seen.refused += 1
    }
    expect(await run(words(folder)), `call ${at}: ${calls[at - 1]}`).toMatchObject({ code: 0 })
    expect(await indexed(folder)).toBe(before)
  })
  console.log(`restore killed at ${picked.length} of ${calls.length} calls: ${JSON.stringify(seen)}`)
})

test('wherever a backup is killed, the file of its name is the old one or the new one', async ({ skip }) => {
  const faults = Faults.compile(temporaryFolder())
  if (!(faults instanceof Faults)) return skip(faults)
  const folder = join(home, 'backups')
  writeFiles(folder, { 'b.tar.gz': 'die alte' })
  const path = join(folder, 'b.tar.gz')
  const report = join(home, 'report')
  const words = ['backup', path, '--cache', cache]
  expect(await start(words, faults.environment(folder, report)).finished).toMatchObject({ code: 0 })
  const calls = callsIn(report)
  const random = seededRandom(calls.length)
  const kinds = numbersByKind(calls)
  for (let number = 0; number < KILLS; number++) {
    writeFiles(folder, { 'b.tar.gz': 'die alte' })
    const fault = { at: oneOf(oneOf(kinds, random), random), by: 'SIGKILL', torn: random() < 0.5 } as const
    const { signal } = await start(words, faults.environment(folder, join(home, `report-${number}`), fault)).finished
    if (readFileSync(path, 'utf8') === 'die alte') expect(signal).toBe('SIGKILL')
    else expect(await run(['restore', path, '--cache', join(home, `r-${number}`)])).toMatchObject({ code: 0 })
  }
  // what was left behind is in nobody's way
  expect(await run(words)).toMatchObject({ code: 0 })
})
