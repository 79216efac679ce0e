import { renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { asOnlyWriter } from '../../src/index/writer-lock.ts'
import type { UpdateReport } from '../../src/update/update.ts'
import { type Watch, watch } from '../../src/update/watch.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { articlesIn, jsonl, optionsFor } from '../support/updating.ts'

let root = ''
let cache = ''
let reports: UpdateReport[] = []
let news: (readonly string[])[] = []
let errors: unknown[] = []
let wake: () => void = () => {}

beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
  reports = []
  news = []
  errors = []
})

async function start(...paths: readonly string[]): Promise<Watch> {
  const watching = await watch(
    optionsFor(cache, paths.length === 0 ? [root] : paths),
    (report, refusals) => {
      reports.push(report)
      news.push(refusals.map(({ line }) => String(line)))
      wake()
    },
    (error) => {
      errors.push(error)
      wake()
    },
  )
  onTestFinished(() => watching.close())
  return watching
}

/** Waits for a report of this kind. */
async function report(isIt: (report: UpdateReport) => boolean): Promise<void> {
  while (!reports.some(isIt)) await woken()
}

/** Waits for reports until the cache holds just these articles. */
async function until(articles: Readonly<Record<string, string>>): Promise<void> {
  while (JSON.stringify(articlesIn(cache)) !== JSON.stringify(articles)) await woken()
}

/** Resolves with the next report or error. */
const woken = (): Promise<void> =>
  new Promise((resolve) => {
    wake = resolve
  })

describe('watch', () => {
  test('has everything when it begins, then takes in what is added, changed, renamed and removed', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n1' })
    await start()
    expect(reports).toMatchObject([{ added: 1 }])
    expect(articlesIn(cache)).toEqual({ 'a.txt': '1' })
    writeFiles(root, { 'neu/tief/b.txt': 'B\n\n1' })
    await until({ 'a.txt': '1', 'neu/tief/b.txt': '1' })
    writeFiles(root, { 'a.txt': 'A\n\n2' })
    await until({ 'a.txt': '2', 'neu/tief/b.txt': '1' })
    renameSync(join(root, 'a.txt'), join(root, 'c.txt'))
    await until({ 'c.txt': '2', 'neu/tief/b.txt': '1' })
    rmSync(join(root, 'neu'), { recursive: true })
    await until({ 'c.txt': '2' })
    expect(errors).toEqual([])
  })

  test('a refusal is told once, and again only when it has come back', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n1', 'b.jsonl': 'kaputt' })
    await start()
    writeFiles(root, { 'a.txt': 'A\n\n2', 'b.jsonl': 'kaputt\nauch' })
    await until({ 'a.txt': '2' })
    writeFiles(root, { 'a.txt': 'A\n\n3', 'b.jsonl': '' })
    await until({ 'a.txt': '3' })
    writeFiles(root, { 'a.txt': 'A\n\n4', 'b.jsonl': 'kaputt' })
    await until({ 'a.txt': '4' })
    expect(news.filter((lines) => lines.length > 0)).toEqual([['1'], ['2'], ['1']])
  })

  test('a single file is watched too', async () => {
    writeFiles(root, { 'a.jsonl': jsonl({ x: '1' }), 'b.txt': 'B' })
    await start(join(root, 'a.jsonl'))
    writeFiles(root, { 'a.jsonl': jsonl({ x: '2', y: '3' }) })
    await until({ x: '2', y: '3' })
  })

  test('so is a folder behind a link', async () => {
    writeFiles(root, { 'echt/a.txt': 'A\n\n1' })
    symlinkSync(join(root, 'echt'), join(root, 'link'))
    await start(join(root, 'link'))
    writeFiles(root, { 'echt/a.txt': 'A\n\n2' })
    await until({ 'a.txt': '2' })
    writeFiles(root, { 'echt/a.txt': 'A\n\n3' })
    await until({ 'a.txt': '3' })
  })

  test('a folder that vanishes is told of and keeps its articles; the others, and it when it comes back, are watched on', async () => {
    writeFiles(root, { 'a/a.txt': 'A\n\n1', 'b/b.txt': 'B\n\n1' })
    await start(join(root, 'a'), join(root, 'b'))
    // in one step: while a folder is emptied its articles leave one by one
    renameSync(join(root, 'a'), join(root, 'weg'))
    await report(({ refusals }) => refusals[0]?.error.code === 'path_vanished')
    writeFiles(root, { 'b/b.txt': 'B\n\n2' })
    await until({ 'a.txt': '1', 'b.txt': '2' })
    writeFiles(root, { 'neu/neu.txt': 'A\n\n1' })
    renameSync(join(root, 'neu'), join(root, 'a'))
    await until({ 'b.txt': '2', 'neu.txt': '1' })
    writeFiles(root, { 'a/neu.txt': 'A\n\n2' })
    await until({ 'b.txt': '2', 'neu.txt': '2' })
    expect(errors).toEqual([])
  })

  test('a link that is turned elsewhere is followed there', async () => {
    writeFiles(root, { 'v1/a.txt': 'A\n\n1', 'v2/a.txt': 'A\n\n2' })
    symlinkSync(join(root, 'v1'), join(root, 'aktuell'))
    await start(join(root, 'aktuell'))
    symlinkSync(join(root, 'v2'), join(root, 'neu'))
    renameSync(join(root, 'neu'), join(root, 'aktuell'))
    await until({ 'a.txt': '2' })
    writeFiles(root, { 'v2/a.txt': 'A\n\n3' })
    await until({ 'a.txt': '3' })
    expect(errors).toEqual([])
  })

  test('changes that come while an update runs are not lost', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n0' })
    await start()
    for (let round = 1; round <= 20; round++) {
      writeFiles(root, { 'a.txt': `A\n\n${round}` })
      await new Promise((resolve) => setImmediate(resolve))
    }
    await until({ 'a.txt': '20' })
  })

  test('a writer in its way is told of, and the change taken in afterwards', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n1' })
    await start()
    await asOnlyWriter(cache, async () => {
      writeFiles(root, { 'a.txt': 'A\n\n2' })
      while (errors.length === 0) await woken()
    })
    expect(errors[0]).toMatchObject({ code: 'store_busy' })
    await until({ 'a.txt': '2' })
  })

  test('closing waits for an update under way and ends the watching', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n1' })
    const watching = await start()
    await watching.close()
    // another one that began later takes the change in: so would this one have done, had it gone on
    const later = await watch(
      optionsFor(cache, [root]),
      () => wake(),
      (error) => errors.push(error),
    )
    onTestFinished(() => later.close())
    const before = reports.length
    writeFiles(root, { 'a.txt': 'A\n\n2' })
    await until({ 'a.txt': '2' })
    expect(reports).toHaveLength(before)
    await watching.close()
  })

  test('a PATH that does not exist ends it before it began', async () => {
    await expect(start(join(root, 'fehlt'))).rejects.toMatchObject({ code: 'path_not_found' })
    expect(reports).toEqual([])
  })
})
