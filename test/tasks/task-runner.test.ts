import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { FundstelleError } from '../../src/errors.ts'
import { DIRECT_CHANGES_MAX } from '../../src/index/snapshot/backlog.ts'
import { rulesOf } from '../../src/registry/index-rules.ts'
import { DEFAULT_SETTINGS } from '../../src/registry/index-settings.ts'
import type { NamedIndex } from '../../src/registry/index-table.ts'
import { Registry } from '../../src/registry/registry.ts'
import type { Task, TaskWork } from '../../src/registry/task.ts'
import type { TaskError } from '../../src/registry/task-error.ts'
import { NO_RULES, type Rules } from '../../src/rules.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { ATTRIBUTE_NAMES_MAX, ATTRIBUTES_MAX } from '../../src/tasks/attribute-counts.ts'
import type { Backups } from '../../src/tasks/backups.ts'
import { emptyIndex } from '../../src/tasks/index-tasks.ts'
import { takeUp } from '../../src/tasks/left-behind.ts'
import { TaskRunner } from '../../src/tasks/task-runner.ts'
import { WorkBudget } from '../../src/work-budget.ts'
import { articleOf } from '../support/articles.ts'
import { makeFolder, removeFolder } from '../support/folders.ts'

let cache: string
let registry: Registry
let runner: TaskRunner
let failures: unknown[]
let backups: Backups
beforeEach(async () => {
  cache = makeFolder()
  mkdirSync(join(cache, 'tasks'))
  backups = { dump: async () => {}, snapshot: async () => {} }
  registry = Registry.open(cache)
  runner = runnerOf(registry)
  await begin()
  onTestFinished(() => {
    registry.close()
    removeFolder(cache)
  })
})

/** Filters here are ids, parted by commas; or `all`, for what has been committed, which is what searches see. */
const runnerOf = (
  of: Registry,
  signal = new AbortController().signal,
  rulesFor = (index: NamedIndex): Rules => rulesOf(index, NO_RULES),
): TaskRunner => {
  failures = []
  return new TaskRunner({
    cache,
    registry: of,
    payloads: join(cache, 'tasks'),
    rulesFor,
    idsByFilter: async (index: NamedIndex, filter) => {
      // as whoever searches does
      if (filter === 'costly') new WorkBudget().refuse('filter')
      return { ids: filter === 'all' ? committed(index) : String(filter).split(',') }
    },
    backups: { dump: (uid) => backups.dump(uid), snapshot: () => backups.snapshot() },
    onFailed: (error) => failures.push(error),
    now: () => new Date(),
    signal,
  })
}

function committed({ folder }: NamedIndex): string[] {
  const store = ArticleStore.open(join(cache, folder))
  try {
    return store.ids()
  } finally {
    store.close()
  }
}

/** As a process does when it begins. */
const begin = (): Promise<void> => takeUp({ cache, registry, payloads: join(cache, 'tasks'), now: () => new Date() })

let payloads = 0

function enqueue(uid: string | null, work: TaskWork, documents?: readonly object[]): number {
  const now = new Date().toISOString()
  if (documents === undefined)
    return registry.transaction(() => registry.tasks.enqueue(uid, work, { now, details: null })).uid
  return enqueueJson(
    uid,
    work,
    documents.map((one) => JSON.stringify(one)),
  )
}

function enqueueJson(uid: string | null, work: TaskWork, documents: readonly string[]): number {
  const now = new Date().toISOString()
  const payload = `${payloads++}.ndjson`
  writeFileSync(join(cache, 'tasks', payload), documents.map((one) => `${one}\n`).join(''))
  return registry.transaction(() => registry.tasks.enqueue(uid, work, { now, details: null, payload, payloadBytes: 1 }))
    .uid
}

const ADD = {
  type: 'documentAdditionOrUpdate',
  method: 'replace',
  primaryKey: null,
  received: 1,
  skipCreation: false,
} as const

const add = (
  uid: string,
  documents: readonly object[],
  more: Partial<typeof ADD | { method: 'update'; primaryKey: string; skipCreation: boolean }> = {},
): number => enqueue(uid, { ...ADD, ...more } as TaskWork, documents)

/** The same with documents as they are written. */
const addJson = (uid: string, documents: readonly string[], more: Partial<{ method: 'update' }> = {}): number =>
  enqueueJson(uid, { ...ADD, ...more } as TaskWork, documents)

const remove = (uid: string, ids: readonly string[]): number =>
  enqueue(uid, { type: 'documentDeletion', target: { kind: 'ids', ids } })

async function runAll(): Promise<void> {
  while (await runner.runNext());
}

const task = (uid: number): Task => registry.tasks.get(uid) as Task

function documentsOf(uid: string): unknown[] {
  const index = registry.indexes.get(uid) as NamedIndex
  const store = ArticleStore.open(join(cache, index.folder))
  try {
    return [...store.articles()].map(({ article }) => JSON.parse(article.document ?? 'null') as unknown)
  } finally {
    store.close()
  }
}

function countsOf(uid: string): unknown {
  const store = ArticleStore.open(join(cache, (registry.indexes.get(uid) as NamedIndex).folder))
  try {
    return JSON.parse(store.noted('attributes') ?? 'null')
  } finally {
    store.close()
  }
}

describe('documents', () => {
  test('with ids that JavaScript cannot hold are each their own', async () => {
    const given = ['{"id":9007199254740992,"a":1}', '{"id":9007199254740993,"a":2}', '{"id":-9007199254740993,"a":3}']
    const sent = addJson('b', given)
    const changed = addJson('b', ['{"id":9007199254740993,"b":4}'], { method: 'update' })
    await runAll()
    expect([sent, changed].map((uid) => task(uid).details)).toEqual([{ indexedDocuments: 3 }, { indexedDocuments: 1 }])
    const store = ArticleStore.open(join(cache, (registry.indexes.get('b') as NamedIndex).folder))
    try {
      expect(store.ids()).toEqual(['9007199254740992', '-9007199254740993', '9007199254740993'])
      expect(store.byId('9007199254740993')?.document).toBe('{"id":9007199254740993,"a":2,"b":4}')
    } finally {
      store.close()
    }
    remove('b', ['9007199254740992'])
    await runAll()
    expect(documentsOf('b')).toHaveLength(2)
  })

  test('with a number as id that is no whole one, however large, are refused', async () => {
    const sent = addJson('b', ['{"id":1e300}'])
    await runAll()
    expect(task(sent).error).toMatchObject({ code: 'invalid_document_id' })
  })

  test('in which a name stands twice are changed as any other: the last one counts', async () => {
    const tasks = [addJson('b', ['{"id":1,"a":1,"a":2}']), addJson('b', ['{"id":1,"b":3,"b":4}'], { method: 'update' })]
    await runAll()
    expect(tasks.map((uid) => task(uid).status)).toEqual(['succeeded', 'succeeded'])
    expect(documentsOf('b')).toEqual([{ id: 1, a: 2, b: 4 }])
  })

  test('are added, replaced, changed and deleted, in the order of their tasks and as one batch', async () => {
    const tasks = [
      add('b', [
        { id: 1, a: 1 },
        { id: 2, a: 2 },
      ]),
      add('b', [{ id: 1, b: 1 }]),
      add(
        'b',
        [
          { id: 2, b: 2 },
          { id: 3, b: 3 },
        ],
        { method: 'update' },
      ),
      remove('b', ['3', '4']),
    ]
    await runAll()
    expect(tasks.map((uid) => [task(uid).status, task(uid).details])).toEqual([
      ['succeeded', { indexedDocuments: 2 }],
      ['succeeded', { indexedDocuments: 1 }],
      ['succeeded', { indexedDocuments: 2 }],
      ['succeeded', { deletedDocuments: 1 }],
    ])
    expect(documentsOf('b')).toEqual([
      { id: 1, b: 1 },
      { id: 2, a: 2, b: 2 },
    ])
    expect(countsOf('b')).toEqual({ id: 2, a: 1, b: 2 })
    expect(new Set(tasks.map((uid) => task(uid).batch))).toEqual(new Set([0]))
    expect(registry.indexes.get('b')).toMatchObject({ primaryKey: 'id' })
  })

  test('numbers that JavaScript cannot hold stay as they are when others change', async () => {
    const payload = join(cache, 'tasks', 'long.ndjson')
    writeFileSync(payload, '{"id":1,"n":12345678901234567890,"d":1.50}\n')
    registry.transaction(() => registry.tasks.enqueue('n', ADD, { now: '', details: null, payload: 'long.ndjson' }))
    add('n', [{ id: 1, x: 'y' }], { method: 'update' })
    await runAll()
    const store = ArticleStore.open(join(cache, (registry.indexes.get('n') as NamedIndex).folder))
    expect(store.byId('1')?.document).toBe('{"id":1,"n":12345678901234567890,"d":1.50,"x":"y"}')
    store.close()
  })

  test('a task with one wrong document changes nothing, and those beside it go on', async () => {
    const [first, wrong, last] = [
      add('b', [{ id: 1 }]),
      add('b', [{ id: 2 }, { id: 'not one' }]),
      add('b', [{ id: 3 }]),
    ]
    await runAll()
    expect([first, wrong, last].map((uid) => task(uid).status)).toEqual(['succeeded', 'failed', 'succeeded'])
    expect(task(wrong).error).toMatchObject({ code: 'invalid_document_id', type: 'invalid_request' })
    expect(task(wrong).details).toEqual({ indexedDocuments: 0 })
    expect(documentsOf('b')).toEqual([{ id: 1 }, { id: 3 }])
  })

  test.each([
    [[{ title: 'x' }], null, 'index_primary_key_no_candidate_found'],
    [[{ aid: 1, bid: 2 }], null, 'index_primary_key_multiple_candidates_found'],
    [[{ title: 'x' }], 'nr', 'missing_document_id'],
  ])('%j with primary key %s: %s, and the index has none', async (documents, primaryKey, code) => {
    const uid = add('b', documents, { primaryKey } as object)
    await runAll()
    expect(task(uid).error?.code).toBe(code)
    expect(registry.indexes.get('b')?.primaryKey).toBeNull()
  })

  test('another primary key is refused once there is one', async () => {
    add('b', [{ id: 1, nr: 2 }])
    const uid = add('b', [{ id: 2, nr: 3 }], { primaryKey: 'nr' } as object)
    await runAll()
    expect(task(uid).error?.code).toBe('index_primary_key_already_exists')
  })

  test('what is not there is passed over where only changes are wanted', async () => {
    add('b', [{ id: 1 }])
    const uid = add('b', [{ id: 1, a: 1 }, { id: 2 }], { skipCreation: true } as object)
    await runAll()
    expect(task(uid).details).toEqual({ indexedDocuments: 1 })
    expect(documentsOf('b')).toEqual([{ id: 1, a: 1 }])
  })

  test('with ever new attributes are refused when there are too many, by number and by length', async () => {
    const many = (from: number, count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`name${from + at}`, 1]))
    const full = add('b', [{ id: 1, ...many(0, ATTRIBUTES_MAX - 1) }])
    const more = add('b', [{ id: 2 }, { id: 3, neu: 1 }])
    const known = add('b', [{ id: 4, name7: 2 }])
    const long = add('c', [{ id: 1, ['x'.repeat(ATTRIBUTE_NAMES_MAX)]: 1 }])
    await runAll()
    expect([full, more, known, long].map((uid) => task(uid).error?.code)).toEqual([
      undefined,
      'max_fields_limit_exceeded',
      undefined,
      'max_fields_limit_exceeded',
    ])
    expect(documentsOf('b')).toHaveLength(2)
    // names that no document has any more make room
    const rest = [remove('b', ['1']), add('b', [{ id: 3, neu: 1 }])]
    await runAll()
    expect(rest.map((uid) => task(uid).status)).toEqual(['succeeded', 'succeeded'])
  })

  test('of the articles keep ids as they came, however their accents are written', async () => {
    const [composed, apart] = ['Münze'.normalize('NFC'), 'Münze'.normalize('NFD')]
    const tasks = [add('articles', [{ id: composed }, { id: apart }]), remove('articles', [apart])]
    await runner.runNext()
    expect(task(tasks[1] as number)).toMatchObject({ status: 'succeeded', details: { deletedDocuments: 1 } })
    expect(documentsOf('articles')).toEqual([{ id: composed }])
  })

  test('by a filter, and all of them', async () => {
    add('b', [{ id: 1 }, { id: 2 }, { id: 3 }])
    const some = enqueue('b', { type: 'documentDeletion', target: { kind: 'filter', filter: '1,3' } })
    const all = enqueue('b', { type: 'documentDeletion', target: { kind: 'all' } })
    await runAll()
    expect([task(some).details, task(all).details]).toEqual([{ deletedDocuments: 2 }, { deletedDocuments: 1 }])
    expect(countsOf('b')).toEqual({})
  })

  test('by a filter, what came before is seen', async () => {
    add('b', [{ id: 1 }])
    add('b', [{ id: 2 }])
    const uid = enqueue('b', { type: 'documentDeletion', target: { kind: 'filter', filter: 'all' } })
    add('b', [{ id: 3 }])
    await runAll()
    expect(task(uid).details).toEqual({ deletedDocuments: 2 })
    expect(documentsOf('b')).toEqual([{ id: 3 }])
  })

  test('of an index that is not there none are deleted', async () => {
    const uid = remove('none', ['1'])
    await runAll()
    expect(task(uid).error?.code).toBe('index_not_found')
    expect(registry.indexes.count).toBe(0)
  })

  test('many leave a snapshot behind, few do not', async () => {
    add('few', [{ id: 1, title: 'Ein Haus' }])
    add(
      'many',
      Array.from({ length: 250 }, (_, i) => ({ id: i, title: `Haus ${i}` })),
    )
    await runAll()
    const folders = ['few', 'many'].map((uid) =>
      readdirSync(join(cache, (registry.indexes.get(uid) as NamedIndex).folder)),
    )
    expect(folders.map((names) => names.some((name) => name.startsWith('snapshot') || name === 'CURRENT'))).toEqual([
      false,
      true,
    ])
  })

  test('what was done when the process ended is not done twice', async () => {
    add('b', [{ id: 1 }])
    const second = add('b', [{ id: 2 }])
    // as if it had ended between the store's commit and the registry's
    await runAll()
    registry.transaction(() => {
      registry.tasks.begin([0, second], '')
      registry.tasks.putBack()
    })
    const index = registry.indexes.get('b') as NamedIndex
    const store = ArticleStore.open(join(cache, index.folder))
    const before = store.seqNo
    runner = runnerOf(registry)
    await begin()
    await runAll()
    expect(store.seqNo).toBe(before)
    expect([0, second].map((uid) => [task(uid).status, task(uid).details])).toEqual([
      ['succeeded', { indexedDocuments: 1 }],
      ['succeeded', { indexedDocuments: 1 }],
    ])
    store.close()
  })

  test('what was done when the process ended cannot be taken back, and what was not can', async () => {
    const [first, second] = [add('b', [{ id: 1 }]), add('b', [{ id: 2 }])]
    await runner.runNext()
    const third = add('b', [{ id: 3 }])
    // as if it had ended between the store's commit and the registry's
    registry.transaction(() => registry.tasks.begin([first, second, third], ''))
    enqueue(null, { type: 'taskCancelation', uids: [first, second, third], filter: '' })
    runner = runnerOf(registry)
    await begin()
    await runAll()
    expect([first, second, third].map((uid) => task(uid).status)).toEqual(['succeeded', 'succeeded', 'canceled'])
    expect(documentsOf('b')).toEqual([{ id: 1 }, { id: 2 }])
    expect(registry.indexes.get('b')?.primaryKey).toBe('id')
  })

  test('documents that were begun, and taken back after a crash, leave no index behind', async () => {
    const stopping = new AbortController()
    runner = runnerOf(registry, stopping.signal)
    const added = add(
      'b',
      Array.from({ length: 1000 }, (_, id) => ({ id })),
    )
    const running = runner.runNext()
    setImmediate(() => stopping.abort())
    await expect(running).rejects.toThrow()
    expect(task(added).status).toBe('enqueued')
    enqueue(null, { type: 'taskCancelation', uids: [added], filter: '' })
    runner = runnerOf(registry)
    await begin()
    await runAll()
    expect([task(added).status, registry.indexes.get('b')]).toEqual(['canceled', undefined])
    expect(readdirSync(join(cache, 'indexes'))).toEqual([])
  })

  test('settings that were begun are not taken back: half of them may be there', async () => {
    const [begun, waiting] = [1, 2].map(() =>
      enqueue('b', { type: 'settingsUpdate', change: { stopWords: ['der'] }, isDeletion: false }),
    ) as [number, number]
    registry.transaction(() => registry.tasks.begin([begun], ''))
    enqueue(null, { type: 'taskCancelation', uids: [begun, waiting], filter: '' })
    await begin()
    await runAll()
    expect([begun, waiting].map((uid) => task(uid).status)).toEqual(['succeeded', 'canceled'])
  })

  test('deleting from an index that is not there yet fails, whoever makes it next', async () => {
    const [deleted, added, later] = [remove('b', ['1']), add('b', [{ id: 1 }]), remove('b', ['1'])]
    await runAll()
    expect([deleted, added, later].map((uid) => task(uid).status)).toEqual(['failed', 'succeeded', 'succeeded'])
    expect(task(later).details).toEqual({ deletedDocuments: 1 })
  })

  test('documents that nobody needs go when the process begins, but not those of a request that is about to ask', async () => {
    for (const name of ['fresh', 'old', 'needed']) writeFileSync(join(cache, 'tasks', `${name}.ndjson`), '{"id":1}\n')
    const old = new Date(Date.now() - 2 * 3_600_000)
    for (const name of ['old', 'needed']) utimesSync(join(cache, 'tasks', `${name}.ndjson`), old, old)
    registry.transaction(() => registry.tasks.enqueue('b', ADD, { now: '', details: null, payload: 'needed.ndjson' }))
    await begin()
    expect(readdirSync(join(cache, 'tasks')).sort()).toEqual(['fresh.ndjson', 'needed.ndjson'])
  })

  test('a backup that finds no room fails, and what waits behind it goes on', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    backups = { dump: () => Promise.reject(full), snapshot: async () => {} }
    const [dump, added] = [enqueue(null, { type: 'dumpCreation', dumpUid: 'd' }), add('b', [{ id: 1 }])]
    await runAll()
    expect(task(dump)).toMatchObject({ status: 'failed', error: { code: 'no_space_left_on_device', type: 'system' } })
    expect(task(added).status).toBe('succeeded')
  })

  test('a filter that takes too much work fails its task, and holds up no other', async () => {
    add('b', [{ id: 1 }])
    const costly = enqueue('b', { type: 'documentDeletion', target: { kind: 'filter', filter: 'costly' } })
    const last = add('b', [{ id: 2 }])
    await runAll()
    expect(task(costly)).toMatchObject({
      status: 'failed',
      details: { deletedDocuments: 0 },
      error: { code: 'invalid_document_filter', message: expect.stringContaining('the filter') },
    })
    expect(task(last).status).toBe('succeeded')
    expect(documentsOf('b')).toEqual([{ id: 1 }, { id: 2 }])
  })

  test('documents that are stored have succeeded, whatever becomes of the snapshot', async () => {
    add('b', [{ id: 'first' }])
    await runAll()
    const withFault = runnerOf(registry, undefined, () => ({
      ...NO_RULES,
      get words(): never {
        throw new Error('no rules can be read')
      },
    }))
    const many = add(
      'b',
      Array.from({ length: DIRECT_CHANGES_MAX + 1 }, (_, id) => ({ id })),
    )
    while (await withFault.runNext());
    expect(failures).toHaveLength(1)
    expect(documentsOf('b')).toHaveLength(DIRECT_CHANGES_MAX + 2)
    expect(task(many)).toMatchObject({
      status: 'succeeded',
      details: { indexedDocuments: DIRECT_CHANGES_MAX + 1 },
      error: null,
    })
  })

  test('documents of a new index for whose snapshot there is no room are stored once', async () => {
    const full = Object.assign(new Error('no room'), { code: 'ENOSPC' })
    const withoutRoom = runnerOf(registry, undefined, () => ({
      ...NO_RULES,
      get words(): never {
        throw full
      },
    }))
    const many = add(
      'b',
      Array.from({ length: DIRECT_CHANGES_MAX + 1 }, (_, id) => ({ id })),
    )
    while (await withoutRoom.runNext());
    expect([task(many).status, failures]).toEqual(['succeeded', [full]])
    expect(documentsOf('b')).toHaveLength(DIRECT_CHANGES_MAX + 1)
    expect(readdirSync(join(cache, 'indexes'))).toHaveLength(1)
  })

  test('an index whose files cannot be removed is deleted all the same', async () => {
    add('b', [{ id: 1 }])
    await runAll()
    const folder = join(cache, (registry.indexes.get('b') as NamedIndex).folder)
    // a path that is too long for the system
    const [upper, lower] = [join(cache, 'upper'), join(cache, 'lower')]
    const long = Array.from({ length: 12 }, () => 'x'.repeat(250)).join('/')
    for (const part of [upper, lower]) mkdirSync(join(part, long), { recursive: true })
    renameSync(upper, join(folder, 'upper'))
    const end = join(folder, 'upper', long, 'lower')
    renameSync(lower, end)
    onTestFinished(() => renameSync(end, lower))
    const deletion = enqueue('b', { type: 'indexDeletion' })
    await runAll()
    expect(failures).toHaveLength(1)
    expect(registry.indexes.get('b')).toBeUndefined()
    expect(task(deletion)).toMatchObject({ status: 'succeeded', details: { deletedDocuments: 1 }, error: null })
  })

  test('a store that is broken holds up nobody else', async () => {
    add('b', [{ id: 1 }])
    await runAll()
    const store = join(cache, (registry.indexes.get('b') as NamedIndex).folder, 'store.sqlite')
    for (const name of [store, `${store}-wal`, `${store}-shm`]) rmSync(name, { force: true })
    writeFileSync(store, 'no database'.repeat(1000))
    const [broken, other] = [add('b', [{ id: 2 }]), add('c', [{ id: 1 }])]
    await runAll()
    expect([broken, other].map((uid) => task(uid).status)).toEqual(['failed', 'succeeded'])
    expect(failures).toMatchObject([{ code: 'store_broken' }])
    // the language of tasks is English
    const { message } = task(broken).error as TaskError
    expect(message).toBe(`The task could not be carried out: ${(failures[0] as FundstelleError).detail('en')}`)
  })

  test('a fault of our own fails the one task that it is a fault of', async () => {
    const first = add('b', [{ id: 1 }])
    const broken = registry.transaction(() =>
      registry.tasks.enqueue('b', ADD, { now: '', details: null, payload: 'not-there.ndjson' }),
    ).uid
    const last = add('b', [{ id: 2 }])
    await runAll()
    expect([first, broken, last].map((uid) => task(uid).status)).toEqual(['succeeded', 'failed', 'succeeded'])
    expect(task(broken).error).toMatchObject({ code: 'internal', type: 'internal' })
    expect(failures).toHaveLength(1)
    expect(documentsOf('b')).toEqual([{ id: 1 }, { id: 2 }])
  })
})

describe('indexes', () => {
  const create = (uid: string): number => enqueue(uid, { type: 'indexCreation', primaryKey: null })

  test('the index of the articles can be made again after it has exchanged its name with another', async () => {
    const tasks = [
      add('articles', [{ id: 1 }]),
      add('b', [{ id: 2 }]),
      enqueue(null, { type: 'indexSwap', swaps: [{ indexes: ['articles', 'b'], rename: false }] }),
      enqueue('articles', { type: 'indexDeletion' }),
      add('articles', [{ id: 3 }]),
    ]
    await runAll()
    expect(tasks.map((uid) => task(uid).status)).toEqual(tasks.map(() => 'succeeded'))
    expect([documentsOf('b'), documentsOf('articles')]).toEqual([[{ id: 1 }], [{ id: 3 }]])
  })

  test('deleted, the index of the articles has no counts left', async () => {
    add('articles', [{ id: 1, a: 1 }])
    enqueue('articles', { type: 'indexDeletion' })
    add('articles', [{ id: 2, b: 1 }])
    await runAll()
    expect(countsOf('articles')).toEqual({ id: 1, b: 1 })
  })

  test('a crash between emptying the index of the articles and the end of that task changes nothing of what is told', async () => {
    add('articles', [{ id: 1, a: 1 }, { id: 2 }])
    await runAll()
    const [deletion, next] = [enqueue('articles', { type: 'indexDeletion' }), add('articles', [{ id: 3, b: 1 }])]
    registry.transaction(() => registry.tasks.begin([deletion], ''))
    await emptyIndex(cache, registry.indexes.get('articles') as NamedIndex, deletion)
    runner = runnerOf(registry)
    await begin()
    await runAll()
    expect(task(deletion)).toMatchObject({ status: 'succeeded', details: { deletedDocuments: 2 } })
    expect(task(next).status).toBe('succeeded')
    expect(countsOf('articles')).toEqual({ id: 1, b: 1 })
  })

  test('are made once, and deleted with their files', async () => {
    const [first, second] = [create('a'), create('a')]
    add('a', [{ id: 1 }])
    await runAll()
    expect([task(first).status, task(second).error?.code]).toEqual(['succeeded', 'index_already_exists'])
    const { folder } = registry.indexes.get('a') as NamedIndex
    expect(existsSync(join(cache, folder))).toBe(true)
    const gone = enqueue('a', { type: 'indexDeletion' })
    await runAll()
    expect(task(gone).details).toEqual({ deletedDocuments: 1 })
    expect([registry.indexes.get('a'), existsSync(join(cache, folder))]).toEqual([undefined, false])
  })

  test('get another primary key as long as they are empty, and another name', async () => {
    create('a')
    enqueue('a', { type: 'indexUpdate', primaryKey: 'nr', newUid: null })
    enqueue('a', { type: 'indexUpdate', primaryKey: 'id', newUid: null })
    add('a', [{ id: 1, nr: 2 }])
    const refused = enqueue('a', { type: 'indexUpdate', primaryKey: 'nr', newUid: null })
    enqueue('a', { type: 'indexUpdate', primaryKey: null, newUid: 'z' })
    await runAll()
    expect(task(refused).error?.code).toBe('index_primary_key_already_exists')
    expect(registry.indexes.all().map(({ uid, primaryKey }) => [uid, primaryKey])).toEqual([['z', 'id']])
    expect(documentsOf('z')).toEqual([{ id: 1, nr: 2 }])
  })

  test('swap names; nothing is swapped where one is missing', async () => {
    add('a', [{ id: 1 }])
    add('b', [{ id: 2 }])
    const swap = (...indexes: [string, string]): number =>
      enqueue(null, { type: 'indexSwap', swaps: [{ indexes, rename: false }] })
    const [done, refused] = [swap('a', 'b'), swap('a', 'c')]
    await runAll()
    expect([task(done).status, task(refused).error?.code]).toEqual(['succeeded', 'index_not_found'])
    expect([documentsOf('a'), documentsOf('b')]).toEqual([[{ id: 2 }], [{ id: 1 }]])
  })
})

describe('settings', () => {
  test('are laid over what was; null takes one back; members of objects change one by one', async () => {
    const set = (change: object, isDeletion = false): number =>
      enqueue('s', { type: 'settingsUpdate', change, isDeletion })
    set({ stopWords: ['der'], typoTolerance: { minWordSizeForTypos: { oneTypo: 4 } } })
    set({ stopWords: null, typoTolerance: { enabled: false }, faceting: { sortFacetValuesBy: { genre: 'count' } } })
    await runAll()
    expect(registry.indexes.get('s')?.set).toEqual({
      typoTolerance: {
        ...DEFAULT_SETTINGS.typoTolerance,
        enabled: false,
        minWordSizeForTypos: { oneTypo: 4, twoTypos: 9 },
      },
      faceting: { maxValuesPerFacet: 100, sortFacetValuesBy: { '*': 'alpha', genre: 'count' } },
    })
  })

  test('that do not fit those that were set before fail, and change nothing', async () => {
    const set = (change: object): number => enqueue('s', { type: 'settingsUpdate', change, isDeletion: false })
    set({ typoTolerance: { minWordSizeForTypos: { twoTypos: 7 } } })
    const wrong = set({ stopWords: ['der'], typoTolerance: { minWordSizeForTypos: { oneTypo: 8 } } })
    await runAll()
    expect(task(wrong)).toMatchObject({ status: 'failed', error: { code: 'invalid_settings_typo_tolerance' } })
    expect(task(wrong).error?.message).toContain('but found `oneTypo: 8` and twoTypos: 7`')
    expect(registry.indexes.get('s')?.set).toEqual({
      typoTolerance: { ...DEFAULT_SETTINGS.typoTolerance, minWordSizeForTypos: { oneTypo: 5, twoTypos: 7 } },
    })
  })

  test('that articles are stored by have succeeded, whatever becomes of the snapshot', async () => {
    add('s', [{ id: 1, preis: 5 }])
    await runAll()
    const withFault = runnerOf(registry, undefined, ({ set }) =>
      set.filterableAttributes === undefined
        ? NO_RULES
        : {
            ...NO_RULES,
            get words(): never {
              throw new Error('no rules can be read')
            },
          },
    )
    const change = { filterableAttributes: ['preis'] }
    const uid = enqueue('s', { type: 'settingsUpdate', change, isDeletion: false })
    while (await withFault.runNext());
    expect([task(uid).status, failures.length]).toEqual(['succeeded', 1])
    expect(registry.indexes.get('s')?.set).toEqual(change)
  })

  test('that cannot be set make no index, and leave the one that there is as it was', async () => {
    add('s', [{ id: 1 }])
    await runAll()
    const withFault = runnerOf(registry, undefined, () => {
      throw new Error('no rules')
    })
    const uids = ['s', 'neu'].map((uid) =>
      enqueue(uid, { type: 'settingsUpdate', change: { stopWords: ['der'] }, isDeletion: false }),
    )
    while (await withFault.runNext());
    expect(uids.map((uid) => task(uid).status)).toEqual(['failed', 'failed'])
    expect([registry.indexes.get('s')?.set, registry.indexes.get('neu')]).toEqual([{}, undefined])
    expect(readdirSync(join(cache, 'indexes'))).toHaveLength(1)
  })

  test('decide anew what of documents that are there is searched and kept as values', async () => {
    add('s', [{ id: 1, title: 'T', farbe: 'rot' }])
    await runAll()
    const store = ArticleStore.open(join(cache, (registry.indexes.get('s') as NamedIndex).folder))
    expect(store.byId('1')).toMatchObject({ title: 'T', meta: { farbe: 'rot' }, values: {} })
    enqueue('s', {
      type: 'settingsUpdate',
      change: { filterableAttributes: ['farbe'], searchableAttributes: ['title'] },
      isDeletion: false,
    })
    await runAll()
    expect(store.byId('1')).toMatchObject({ title: 'T', meta: {}, values: { farbe: ['rot'] } })
    store.close()
  })
})

describe('tasks themselves', () => {
  test('that are canceled leave no documents on the disk but a few small ones', async () => {
    const sent = Array.from({ length: 30 }, (_, id) => add('b', [{ id }]))
    registry.transaction(() => {
      const work = { ...ADD } as TaskWork
      writeFileSync(join(cache, 'tasks', 'large.ndjson'), '{"id":1}\n')
      const large = { now: '', details: null, payload: 'large.ndjson', payloadBytes: 2 << 20 }
      sent.push(registry.tasks.enqueue('b', work, large).uid)
    })
    enqueue(null, { type: 'taskCancelation', uids: sent, filter: '?x' })
    await runAll()
    expect(new Set(sent.map((uid) => task(uid).status))).toEqual(new Set(['canceled']))
    const left = readdirSync(join(cache, 'tasks')).filter((file) => file.endsWith('.ndjson'))
    expect(left).toHaveLength(20)
    expect(left).not.toContain('large.ndjson')
  })

  test('that wait are canceled, that are over are forgotten', async () => {
    const over = enqueue('a', { type: 'indexCreation', primaryKey: null })
    await runAll()
    const waiting = add('a', [{ id: 1 }])
    const cancelation = enqueue(null, { type: 'taskCancelation', uids: [over, waiting], filter: '?x' })
    const deletion = enqueue(null, { type: 'taskDeletion', uids: [over, 99], filter: '?x' })
    await runAll()
    expect(task(waiting)).toMatchObject({
      status: 'canceled',
      canceledBy: cancelation,
      details: { indexedDocuments: 0 },
    })
    expect(task(cancelation).details).toEqual({ canceledTasks: 1 })
    expect(task(deletion).details).toEqual({ deletedTasks: 1 })
    expect(registry.tasks.get(over)).toBeUndefined()
    expect(documentsOf('a')).toEqual([])
  })
})

test('no documents tell no primary key', async () => {
  const uid = add('b', [], { received: 0 } as object)
  await runAll()
  expect([task(uid).details, registry.indexes.get('b')?.primaryKey]).toEqual([{ indexedDocuments: 0 }, null])
})

test('an article from a file keeps what is not changed', async () => {
  const store = ArticleStore.open(cache)
  store.put(
    articleOf({ id: 'a.md', title: 'Alt', text: 'Ein Text', meta: { ort: 'Köln' } }),
    store.files.save('/a.md', null),
  )
  store.close()
  registry.transaction(() => registry.indexes.create('articles', 'id', ''))
  add('articles', [{ id: 'a.md', title: 'Neu' }], { method: 'update', received: 1 } as object)
  await runAll()
  expect(documentsOf('articles')).toMatchObject([{ id: 'a.md', title: 'Neu', text: 'Ein Text', ort: 'Köln' }])
})
