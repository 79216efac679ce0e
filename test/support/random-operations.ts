import type { ApiServer } from './api-client.ts'
import type { Operation } from './document-model.ts'
import { oneOf } from './thorough.ts'

export const NAMES = ['alpha', 'beta', 'articles'] as const
export const COLORS = ['rot', 'blau', 'gelb'] as const
/** None is like another, part of another, or a form of it. */
export const WORDS = 'Quitte Dachs Kompass Nebel Teppich Zebra Glocke Stiefel Magnet Walnuss'.split(' ')
const IDS = 12

type Random = () => number

/** Something that a client could ask for next. */
export function randomOperation(random: Random): Operation {
  const uid = oneOf(NAMES, random)
  const dice = random()
  if (dice < 0.34)
    return { kind: 'put', uid, method: 'replace', skipCreation: random() < 0.1, documents: some(random, document) }
  if (dice < 0.54)
    return { kind: 'put', uid, method: 'update', skipCreation: random() < 0.3, documents: some(random, change) }
  if (dice < 0.57)
    return {
      kind: 'put',
      uid,
      method: 'replace',
      skipCreation: false,
      documents: [document(random), { title: 'namenlos' }],
    }
  if (dice < 0.67) return { kind: 'remove', uid, ids: some(random, id) }
  if (dice < 0.73) return { kind: 'removeBy', uid, color: oneOf(COLORS, random) }
  if (dice < 0.75) return { kind: 'removeAll', uid }
  if (dice < 0.81) return { kind: 'settings', uid, filterable: random() < 0.75 ? ['color', 'n'] : [] }
  if (dice < 0.84) return { kind: 'settings', uid, searchable: random() < 0.5 ? ['title'] : ['*'] }
  if (dice < 0.85) return { kind: 'reset', uid }
  if (dice < 0.88) return { kind: 'create', uid }
  if (dice < 0.91) return { kind: 'drop', uid }
  if (dice < 0.96) return { kind: 'swap', uids: ['alpha', 'beta'] }
  return { kind: dice < 0.98 ? 'cancel' : 'dump' }
}

const id = (random: Random): number => Math.floor(random() * IDS)
const words = (random: Random): string => some(random, () => oneOf(WORDS, random)).join(' ')

function some<T>(random: Random, make: (random: Random) => T): T[] {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => make(random))
}

const document = (random: Random): object => ({
  id: id(random),
  title: words(random),
  ...(random() < 0.8 && { text: words(random) }),
  ...(random() < 0.7 && { color: oneOf(COLORS, random) }),
  ...(random() < 0.3 && { tags: some(random, () => oneOf(WORDS, random)) }),
})

const change = (random: Random): object => ({
  id: id(random),
  ...(random() < 0.5 && { n: Math.floor(random() * 4) }),
  ...(random() < 0.5 && { color: oneOf(COLORS, random) }),
  ...(random() < 0.3 && { text: words(random) }),
})

/** Asks a server for it; gives the number of its task. */
export async function request(server: ApiServer, operation: Operation): Promise<number> {
  const [method, path, body] = requestOf(operation)
  const answer = await server.ask(method, path, body)
  const accepted = operation.kind === 'cancel' ? 200 : 202
  if (answer.status !== accepted) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body.taskUid as number
}

function requestOf(operation: Operation): [method: string, path: string, body?: unknown] {
  switch (operation.kind) {
    case 'put': {
      const { uid, method, skipCreation, documents } = operation
      const path = `/indexes/${uid}/documents${skipCreation ? '?skipCreation=true' : ''}`
      return [method === 'replace' ? 'POST' : 'PUT', path, documents]
    }
    case 'remove': {
      const { uid, ids } = operation
      const path = `/indexes/${uid}/documents`
      return ids.length === 1 ? ['DELETE', `${path}/${ids[0]}`] : ['POST', `${path}/delete-batch`, ids]
    }
    case 'removeBy':
      return ['POST', `/indexes/${operation.uid}/documents/delete`, { filter: `color = ${operation.color}` }]
    case 'removeAll':
      return ['DELETE', `/indexes/${operation.uid}/documents`]
    case 'settings': {
      const { uid, filterable, searchable } = operation
      const body = {
        ...(filterable !== undefined && { filterableAttributes: filterable }),
        ...(searchable !== undefined && { searchableAttributes: searchable }),
      }
      return ['PATCH', `/indexes/${uid}/settings`, body]
    }
    case 'reset':
      return ['DELETE', `/indexes/${operation.uid}/settings`]
    case 'create':
      return ['POST', '/indexes', { uid: operation.uid }]
    case 'drop':
      return ['DELETE', `/indexes/${operation.uid}`]
    case 'swap':
      return ['POST', '/swap-indexes', [{ indexes: operation.uids }]]
    case 'cancel':
      return ['POST', '/tasks/cancel?statuses=enqueued']
    case 'dump':
      return ['POST', '/dumps']
  }
}
