import type { Hono } from 'hono'
import { z } from 'zod'
import type { NamedIndex } from '../../registry/index-table.ts'
import { apiApp } from './api-app.ts'
import { unsupported } from './api-error.ts'
import { checked } from './checked.ts'
import { type ApiContext, indexNamed } from './context.ts'
import { jsonBody } from './json-body.ts'
import { type ApiEnv, accessOf, requireAction } from './require-action.ts'
import { enqueuedView } from './task-view.ts'

/** The version of Meilisearch whose interface is spoken here. */
const API_VERSION = '1.24.0'

/** What is told of the server as a whole: statistics, version, features that are only tried. */
export function serverRoutes(context: ApiContext): Hono<ApiEnv> {
  const { registry } = context
  const app = apiApp()
  app.get('/stats', requireAction(context, 'stats.get'), async (c) => {
    const access = accessOf(c)
    const seen = registry.indexes.all().filter(({ uid }) => access.mayUse(uid))
    // a store is opened for them: once for each
    const stats = await Promise.all(seen.map(async (index) => [index.uid, await statsOf(context, index)] as const))
    const databaseSize = stats.reduce((sum, [, { rawDocumentDbSize }]) => sum + rawDocumentDbSize, 0)
    const lastUpdate =
      seen
        .map(({ updatedAt }) => updatedAt)
        .sort()
        .at(-1) ?? null
    return c.json({ databaseSize, usedDatabaseSize: databaseSize, lastUpdate, indexes: Object.fromEntries(stats) })
  })
  app.get('/indexes/:indexUid/stats', requireAction(context, 'stats.get'), async (c) =>
    c.json(await statsOf(context, indexNamed(context, c.req.param('indexUid')))),
  )
  app.get('/version', requireAction(context, 'version'), (c) =>
    c.json({ commitSha: 'unknown', commitDate: 'unknown', pkgVersion: API_VERSION }),
  )
  app.get('/experimental-features', requireAction(context, 'experimental.get'), (c) => c.json(FEATURES))
  app.patch('/experimental-features', requireAction(context, 'experimental.update'), async (c) => {
    const wanted = checked(CHANGED_FEATURES, await jsonBody(c), () => 'bad_request')
    for (const [name, value] of Object.entries(wanted))
      if (value === true && FEATURES[name] !== true) throw unsupported(`The experimental feature \`${name}\``)
    return c.json(FEATURES)
  })
  app.post('/dumps', requireAction(context, 'dumps.create'), async (c) => {
    const work = { type: 'dumpCreation', dumpUid: dumpUidAt(context.now()) } as const
    return c.json(enqueuedView(await context.enqueue(null, work, { dumpUid: null })), 202)
  })
  app.post('/snapshots', requireAction(context, 'snapshots.create'), async (c) =>
    c.json(enqueuedView(await context.enqueue(null, { type: 'snapshotCreation' }, null)), 202),
  )
  for (const [path, what] of UNSUPPORTED)
    app.all(path, () => {
      throw unsupported(what)
    })
  return app
}

/** As Meilisearch names a dump: `20261129-153030123`, by the moment it was asked for, in UTC. */
const dumpUidAt = (moment: Date): string =>
  moment
    .toISOString()
    .replace(/[-:.Z]/g, '')
    .replace('T', '-')

/** What of Meilisearch's experiments is there, always, and what is not. */
const FEATURES: Readonly<Record<string, boolean>> = {
  metrics: true,
  containsFilter: true,
  getTaskDocumentsRoute: true,
  logsRoute: false,
  editDocumentsByFunction: false,
  network: false,
  compositeEmbedders: false,
  chatCompletions: false,
  multimodal: false,
  vectorStoreSetting: false,
  dynamicSearchRules: false,
  foreignKeys: false,
  renderRoute: false,
}

/** The body of a request. */
export const CHANGED_FEATURES = z.strictObject(
  Object.fromEntries(Object.keys(FEATURES).map((name) => [name, z.boolean().nullish()])),
)

/** What is refused, whatever the method. */
export const UNSUPPORTED = [
  ['/network', 'Searching on several servers'],
  ['/webhooks', 'Webhooks'],
  ['/webhooks/*', 'Webhooks'],
  ['/chats', 'Chat'],
  ['/chats/*', 'Chat'],
  ['/export', 'Exporting to another server'],
  ['/logs/*', 'Changing the log'],
] as const

async function statsOf({ isIndexing, factsOf }: ApiContext, index: NamedIndex) {
  const { documents, attributes, bytes } = await factsOf(index)
  return {
    numberOfDocuments: documents,
    rawDocumentDbSize: bytes,
    avgDocumentSize: documents === 0 ? 0 : Math.round(bytes / documents),
    isIndexing: await isIndexing(index),
    numberOfEmbeddings: 0,
    numberOfEmbeddedDocuments: 0,
    fieldDistribution: attributes,
  }
}
