import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { packTar, unpackTar } from 'modern-tar'
import { beforeEach, describe, expect, test } from 'vitest'
import { backUp } from '../../src/backup/back-up.ts'
import { DUMPS_FOLDER, KEPT_MAX, keepBackup } from '../../src/backup/kept-backups.ts'
import { restore } from '../../src/backup/restore.ts'
import { Registry } from '../../src/registry/registry.ts'
import type { Task, TaskWork } from '../../src/registry/task.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { Database } from '../../src/store/sqlite.ts'
import { withWriterLock } from '../../src/store/writer-lock.ts'
import { temporaryFolder } from '../support/folders.ts'

const NOW = '2026-11-29T12:00:00.000Z'
const ADD: TaskWork = {
  type: 'documentAdditionOrUpdate',
  method: 'replace',
  primaryKey: null,
  received: 1,
  skipCreation: false,
}

let [home, cache, file, target] = ['', '', '', '']
beforeEach(() => {
  home = temporaryFolder()
  ;[cache, file, target] = [join(home, 'cache'), join(home, 'backup.tar.gz'), join(home, 'target')]
  mkdirSync(join(cache, 'tasks'), { recursive: true })
  putDocument('', 'm', 'im Hauptindex')
  withRegistry((registry) => {
    registry.indexes.create('articles', 'id', NOW)
    const { folder } = registry.indexes.create('bücher', 'id', NOW)
    registry.indexes.create('leer', null, NOW)
    registry.indexes.setSettings('bücher', { stopWords: ['der'] }, NOW)
    putDocument(folder, 'b', 'ein Buch')
    enqueue(registry, '11-22.ndjson', '{"id":"x"}\n')
  })
})

function withRegistry<T>(work: (registry: Registry) => T, folder = cache): T {
  const registry = Registry.open(folder)
  try {
    return work(registry)
  } finally {
    registry.close()
  }
}

function enqueue(registry: Registry, payload: string, content: string): Task {
  writeFileSync(join(cache, 'tasks', payload), content)
  const details = { now: NOW, details: null, payload, payloadBytes: content.length }
  return registry.transaction(() => registry.tasks.enqueue('bücher', ADD, details))
}

function withStore<T>(folder: string, work: (store: ArticleStore) => T): T {
  const store = ArticleStore.open(folder)
  try {
    return work(store)
  } finally {
    store.close()
  }
}

const putDocument = (folder: string, id: string, text: string): void =>
  withStore(join(cache, folder), (store) =>
    store.transaction(
      () =>
        void store.put(
          { id, title: '', text, url: null, date: null, author: null, tags: [], language: null, meta: {} },
          null,
        ),
    ),
  )

/** What a cache folder has, as far as it counts. */
function contentsOf(folder: string): unknown {
  return withRegistry((registry) => {
    const texts = (of: string): unknown =>
      ArticleStore.exists(join(folder, of))
        ? withStore(join(folder, of), (store) =>
            [...store.articles()].map(({ seqNo, article }) => [seqNo, article.id, article.text]),
          )
        : null
    const payloads = registry.tasks.payloads().map((name) => [name, readFileSync(join(folder, 'tasks', name), 'utf8')])
    const tasks = registry.taskLists.list({}, { limit: 100, from: null, reverse: false }).tasks
    return { indexes: registry.indexes.all().map((index) => [index, texts(index.folder)]), tasks, payloads }
  }, folder)
}

/** A backup with its members changed. */
async function changed(change: (members: Map<string, Uint8Array>) => void): Promise<string> {
  const members = await unpackTar(gunzipSync(readFileSync(file)))
  const contents = new Map(members.map(({ header, data }) => [header.name, data as Uint8Array]))
  change(contents)
  const entries = [...contents].map(([name, body]) => ({ header: { name, size: body.length }, body }))
  const path = join(home, 'changed.tar.gz')
  writeFileSync(path, gzipSync(await packTar(entries)))
  return path
}

describe('a backup', () => {
  test('is the registry, every store and what waits; restored it is the same, in another folder', async () => {
    expect(await backUp(cache, file)).toMatchObject({ indexes: 3, documents: 2, waitingTasks: 1 })
    expect(await restore(target, file)).toMatchObject({ indexes: 3, documents: 2, waitingTasks: 1, putAside: null })
    expect(contentsOf(target)).toEqual(contentsOf(cache))
    expect(readdirSync(home).sort()).toEqual(['backup.tar.gz', 'cache', 'target'])
    expect(readdirSync(join(cache, 'backup')).filter((name) => name.endsWith('.ndjson'))).toEqual([])
  })

  test('of a folder that nobody has served is its articles', async () => {
    const plain = join(home, 'plain')
    withStore(plain, () => {})
    expect(await backUp(plain, file)).toMatchObject({ indexes: 0, documents: 0, waitingTasks: 0 })
    await restore(target, file)
    expect(existsSync(join(target, 'registry.sqlite'))).toBe(false)
    await expect(backUp(join(home, 'none'), file)).rejects.toMatchObject({ code: 'cache_missing' })
  })

  test('is read by tar and sha256sum', async () => {
    await backUp(cache, file)
    const folder = temporaryFolder()
    execFileSync('tar', ['xzf', file, '-C', folder])
    const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' })
    expect(checked.trim().split('\n')).toHaveLength(5)
    expect(contentsOf(folder)).toEqual(contentsOf(cache))
  })

  test('is of one moment, whatever is written while it is made', async () => {
    const before = contentsOf(cache)
    let writes = 0
    const progress = (): void => {
      withRegistry((registry) => {
        // the one that waited is carried out, and its documents are gone
        for (const name of registry.tasks.payloads()) rmSync(join(cache, 'tasks', name))
        registry.transaction(() => registry.tasks.finish(0, { status: 'succeeded', details: null, error: null }, NOW))
        enqueue(registry, `${writes}.ndjson`, '{}\n')
        for (const { folder } of registry.indexes.all()) putDocument(folder, `n${writes++}`, 'später')
      })
    }
    await backUp(cache, file, { progress: () => (writes === 0 ? progress() : undefined) })
    expect(writes).toBe(3)
    await restore(target, file)
    expect(contentsOf(target)).toEqual(before)
    expect(contentsOf(cache)).not.toEqual(before)
  })

  test('given up, or made of something damaged, leaves the earlier one as it was', async () => {
    writeFileSync(file, 'früher')
    const stopping = new AbortController()
    const { signal } = stopping
    const given = backUp(cache, file, { signal, progress: (done) => (done > 0 ? stopping.abort() : undefined) })
    await expect(given).rejects.toMatchObject({ name: 'AbortError' })
    expect(readFileSync(file, 'utf8')).toBe('früher')

    const path = join(cache, 'store.sqlite')
    withStore(cache, () => {})
    const bytes = readFileSync(path)
    bytes.fill(0x55, 8192, 12_000)
    writeFileSync(path, bytes)
    await expect(backUp(cache, file)).rejects.toMatchObject({ code: 'store_broken' })
    expect(readFileSync(file, 'utf8')).toBe('früher')
    expect(readdirSync(home).sort()).toEqual(['backup.tar.gz', 'cache'])
  })

  test('that has no place says so', async () => {
    await expect(backUp(cache, join(home, 'none', 'b.tar.gz'))).rejects.toMatchObject({ code: 'cache_unwritable' })
  })

  test('the task that it is made for is over in it, and others in hand wait again', async () => {
    withRegistry((registry) =>
      registry.transaction(() => {
        const { uid } = registry.tasks.enqueue(null, { type: 'snapshotCreation' }, { now: NOW, details: null })
        registry.tasks.begin([uid], NOW)
      }),
    )
    await backUp(cache, file)
    await restore(target, file)
    withRegistry((registry) => {
      registry.transaction(() => registry.tasks.putBack())
      expect(registry.tasks.enqueued(10).map(({ type }) => type)).toEqual(['documentAdditionOrUpdate'])
      expect(registry.tasks.get(1)).toMatchObject({ status: 'succeeded' })
      expect(registry.taskLists.batch(0)?.finishedAt).not.toBeNull()
    }, target)
  })

  test('of a kind are kept in a number', async () => {
    for (let at = 0; at < KEPT_MAX + 2; at++) await keepBackup(cache, DUMPS_FOLDER, `2026-${at}`)
    const kept = readdirSync(join(cache, DUMPS_FOLDER))
    expect(kept).toHaveLength(KEPT_MAX)
    expect(kept[0]).toBe('2026-2.tar.gz')
  })
})

describe('a restore', () => {
  beforeEach(async () => void (await backUp(cache, file)))

  test('gives a store another id: its later changes are not those of the one it was copied from', async () => {
    await restore(target, file)
    expect(withStore(target, ({ id }) => id)).not.toBe(withStore(cache, ({ id }) => id))
  })

  test('refuses a folder that has something, and puts that aside when told to', async () => {
    const before = contentsOf(cache)
    putDocument('', 'neu', 'seit der Sicherung')
    const after = contentsOf(cache)
    await expect(restore(cache, file)).rejects.toMatchObject({ code: 'restore_occupied' })
    expect(contentsOf(cache)).toEqual(after)
    const { putAside } = await restore(cache, file, { force: true })
    expect(contentsOf(cache)).toEqual(before)
    expect(dirname(putAside as string)).toBe(cache)
    expect(contentsOf(putAside as string)).toEqual(after)
    // what was put aside is in nobody's way
    await restore(cache, file, { force: true })
    expect(contentsOf(cache)).toEqual(before)
  })

  test('puts nothing aside that is no cache folder', async () => {
    mkdirSync(target)
    writeFileSync(join(target, 'Steuererklärung.ods'), '')
    await expect(restore(target, file, { force: true })).rejects.toMatchObject({ code: 'restore_foreign' })
    expect(readdirSync(target)).toEqual(['Steuererklärung.ods'])
  })

  test('refuses a folder that is being indexed into', async () => {
    await withWriterLock(cache, async () => {
      await expect(restore(cache, file, { force: true })).rejects.toMatchObject({ code: 'store_busy' })
    })
  }, 20_000)

  test('refuses a folder that is served', async () => {
    await withWriterLock(join(cache, 'tasks'), async () => {
      await expect(restore(cache, file, { force: true })).rejects.toMatchObject({
        code: 'restore_served',
        params: { path: cache },
      })
    })
    expect(contentsOf(cache)).toBeDefined()
  }, 20_000)

  test.each<[string, (members: Map<string, Uint8Array>) => void, RegExp]>([
    ['a member less', (members) => members.delete('store.sqlite'), /store\.sqlite is missing/],
    [
      'a member changed',
      (members) => members.set('tasks/11-22.ndjson', Buffer.from('{"id":"y"}\n')),
      /checksum of tasks/,
    ],
    ['no checksums', (members) => members.delete('SHA256SUMS'), /end is missing/],
    ['a name that leads out', (members) => insert(members, '../böse', 'x'), /does not belong/],
    ['a name that begins at the root', (members) => insert(members, '/etc/böse', 'x'), /does not belong/],
    ['a member that nobody knows', (members) => insert(members, 'gen-1', 'x'), /does not belong/],
    [
      'another format',
      (members) => members.set('fundstelle.json', Buffer.from('{"format":2,"indexes":[]}')),
      /format 2/,
    ],
    ['no word of what it is', (members) => members.delete('fundstelle.json'), /does not belong/],
  ])('refuses a backup with %s, and touches nothing', async (_, change, reason) => {
    const wrong = await changed(change)
    const refused = restore(target, wrong)
    await expect(refused).rejects.toMatchObject({ code: 'backup_broken' })
    await expect(refused.catch((error) => error.detail('en'))).resolves.toMatch(reason)
    expect(existsSync(target)).toBe(false)
  })

  test('refuses a store that is damaged although its checksum is right', async () => {
    const { createHash } = await import('node:crypto')
    const wrong = await changed((members) => {
      const store = Buffer.from(members.get('store.sqlite') as Uint8Array)
      store.fill(0x55, 8192, 12_000)
      members.set('store.sqlite', store)
      const sums = Buffer.from(members.get('SHA256SUMS') as Uint8Array).toString()
      const right = createHash('sha256').update(store).digest('hex')
      members.set('SHA256SUMS', Buffer.from(sums.replace(/^\w+( {2}store\.sqlite)$/m, `${right}$1`)))
    })
    await expect(restore(target, wrong)).rejects.toMatchObject({ code: 'backup_broken' })
    expect(existsSync(target)).toBe(false)
  })

  test('refuses whatever was cut off, and what is no backup at all', async () => {
    const whole = readFileSync(file)
    const cut = join(home, 'cut.tar.gz')
    for (const length of [0, 1, 20, whole.length >> 1, whole.length - 9, whole.length - 1]) {
      writeFileSync(cut, whole.subarray(0, length))
      await expect(restore(target, cut), `${length} bytes`).rejects.toMatchObject({ code: 'backup_broken' })
    }
    const noise = Buffer.from(whole)
    noise.fill(0x41, noise.length >> 2, noise.length >> 1)
    for (const content of [noise, Buffer.from('Hallo'), gzipSync('Hallo'), gzipSync(Buffer.alloc(1024))]) {
      writeFileSync(cut, content)
      await expect(restore(target, cut)).rejects.toMatchObject({ code: 'backup_broken' })
    }
    expect(existsSync(target)).toBe(false)
    await expect(restore(target, join(home, 'none'))).rejects.toMatchObject({ code: 'backup_unreadable' })
  })

  test('one that was broken off is not opened by anybody, and done again with what was there before put aside', async () => {
    mkdirSync(join(cache, 'restore-unfinished'))
    expect(() => Registry.open(cache)).toThrow(expect.objectContaining({ code: 'restore_unfinished' }))
    expect(() => ArticleStore.open(cache)).toThrow(expect.objectContaining({ code: 'restore_unfinished' }))
    await restore(cache, file, { force: true })
    expect(contentsOf(cache)).toMatchObject({ payloads: [['11-22.ndjson', '{"id":"x"}\n']] })
  })

  test('a store of an older format is brought to that of today', async () => {
    const old = join(home, 'old')
    withStore(old, () => {})
    const db = new Database(join(old, 'store.sqlite'))
    db.exec('alter table article drop column document; pragma user_version = 3')
    db.close()
    await backUp(old, file)
    await restore(target, file)
    expect(withStore(target, (store) => store.integrityComplaints())).toEqual([])
  })
})

/** A member before the last. */
function insert(members: Map<string, Uint8Array>, name: string, content: string): void {
  const sums = members.get('SHA256SUMS') as Uint8Array
  members.delete('SHA256SUMS')
  members.set(name, Buffer.from(content))
  members.set('SHA256SUMS', sums)
}
