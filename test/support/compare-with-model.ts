import { expect } from 'vitest'
import type { ApiServer } from './api-client.ts'
import {
  attributesOf,
  DocumentModel,
  distribution,
  foundIn,
  type ModelIndex,
  mayFilter,
  type Operation,
} from './document-model.ts'
import { COLORS, WORDS } from './random-operations.ts'
import { oneOf } from './thorough.ts'

/** What was asked for, by the number of its task. */
export type OperationLog = ReadonlyMap<number, Operation>

/** What was looked at. */
export interface Compared {
  canceled: number
  searches: number
}

/** Compares everything that a server has with what a model has after the same operations; no task waits. */
export async function compareWithModel(
  server: ApiServer,
  log: OperationLog,
  random: () => number,
  seen: Compared,
): Promise<void> {
  const model = await modelled(server, log, seen)
  const { results } = await server.get('/indexes?limit=100')
  expect(
    Object.fromEntries(results.map((index: { uid: string; primaryKey: unknown }) => [index.uid, index.primaryKey])),
  ).toEqual(Object.fromEntries([...model.indexes].map(([uid, { primaryKey }]) => [uid, primaryKey])))
  for (const [uid, index] of model.indexes) {
    await compareDocuments(server, uid, index)
    for (let at = 0; at < 3; at++) await compareSearch(server, uid, index, random)
    seen.searches += 3
  }
}

/** The model after all that was done; each task has come to what it has to. */
async function modelled(server: ApiServer, log: OperationLog, seen: Compared): Promise<DocumentModel> {
  const { results, total } = await server.get('/tasks?limit=1000&reverse=true')
  expect(total, 'tasks').toBe(log.size)
  const model = new DocumentModel()
  for (const task of results) {
    const operation = log.get(task.uid) as Operation
    if (task.status === 'canceled') {
      seen.canceled += 1
      continue
    }
    const { status, code, details } = model.apply(operation)
    const where = `task ${task.uid}: ${JSON.stringify(operation)}\n${JSON.stringify(task)}`
    expect(task.status, where).toBe(status)
    expect(task.error?.code, where).toBe(code)
    if (details !== undefined) expect(task.details, where).toMatchObject(details)
  }
  return model
}

async function compareDocuments(server: ApiServer, uid: string, index: ModelIndex): Promise<void> {
  const { results, total } = await server.get(`/indexes/${uid}/documents?limit=1000`)
  expect(total, uid).toBe(index.documents.size)
  const byId = (one: { id: number }, other: { id: number }): number => one.id - other.id
  expect(results.sort(byId), uid).toEqual([...index.documents.values()].sort(byId))
  const stats = await server.get(`/indexes/${uid}/stats`)
  expect(stats, uid).toMatchObject({ numberOfDocuments: index.documents.size, isIndexing: false })
  expect(stats.fieldDistribution, uid).toEqual(attributesOf(index))
  const settings = await server.get(`/indexes/${uid}/settings`)
  expect([settings.filterableAttributes, settings.searchableAttributes], uid).toEqual([
    index.filterable ?? [],
    index.searchable,
  ])
}

async function compareSearch(server: ApiServer, uid: string, index: ModelIndex, random: () => number): Promise<void> {
  const word = random() < 0.8 ? oneOf(WORDS, random) : null
  const can = mayFilter(uid, index)
  const color = can !== 'in vain' && random() < 0.5 ? oneOf(COLORS, random) : null
  const facets = can !== 'in vain' && random() < 0.5 ? { facets: ['color'] } : {}
  const body = {
    q: word === null ? '' : `"${word}"`,
    limit: 100,
    ...facets,
    ...(color !== null && { filter: `color = ${color}` }),
  }
  const answer = await server.ask('POST', `/indexes/${uid}/search`, body)
  const where = `${uid} ${JSON.stringify(body)} ${JSON.stringify(answer.body)}`
  if (can === 'no' && (color !== null || 'facets' in facets)) {
    expect(answer.status, where).toBe(400)
    expect(answer.body.code, where).toMatch(/^invalid_search_(filter|facets)$/)
    return
  }
  expect(answer.status, where).toBe(200)
  const ids = answer.body.hits.map(({ id }: { id: number }) => id).sort((one: number, other: number) => one - other)
  const expected = foundIn(index, word, color)
  expect(ids, where).toEqual(expected)
  expect(answer.body.estimatedTotalHits, where).toBe(expected.length)
  if ('facets' in facets)
    expect(answer.body.facetDistribution.color ?? {}, where).toEqual(distribution(index, expected, 'color'))
}
