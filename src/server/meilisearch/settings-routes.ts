import type { Hono } from 'hono'
import type { z } from 'zod'
import { DEFAULT_SETTINGS, type IndexSettings, type SettingsChange } from '../../registry/index-settings.ts'
import { settingsOf } from '../../registry/index-table.ts'
import type { TaskDetails } from '../../registry/task.ts'
import { acceptedSettings } from './accepted-settings.ts'
import type { Access } from './access.ts'
import { apiApp } from './api-app.ts'
import { indexNotFound, unsupported } from './api-error.ts'
import { checked } from './checked.ts'
import { type ApiContext, indexNamed } from './context.ts'
import { jsonBody } from './json-body.ts'
import { type ApiEnv, accessOf, requireAction } from './require-action.ts'
import { SETTINGS_SCHEMA, SETTINGS_SHAPE, type SettingName } from './settings-schema.ts'
import { enqueuedView } from './task-view.ts'

const ROOT = '/indexes/:indexUid/settings'

/** Of settings that are objects only what is named is changed; the others are replaced. */
export const CHANGED_IN_PARTS: ReadonlySet<string> = new Set<SettingName>([
  'typoTolerance',
  'faceting',
  'pagination',
  'embedders',
])

/** Settings of an index: all together, and each by itself. */
export function settingsRoutes(context: ApiContext): Hono<ApiEnv> {
  const app = apiApp()
  const mayRead = requireAction(context, 'settings.get')
  const mayChange = requireAction(context, 'settings.update')

  const enqueue = async (
    indexUid: string,
    access: Access,
    change: SettingsChange,
    isDeletion: boolean,
  ): Promise<object> => {
    const exists = context.registry.indexes.get(indexUid) !== undefined
    // the task would make the index
    if (!exists && !isDeletion && !access.may('indexes.create')) throw indexNotFound(indexUid)
    return enqueuedView(
      await context.enqueue(indexUid, { type: 'settingsUpdate', change, isDeletion }, detailsOf(change)),
    )
  }

  app.get(ROOT, mayRead, (c) => c.json(shownSettings(settingsOf(indexNamed(context, c.req.param('indexUid'))))))
  app.patch(ROOT, mayChange, async (c) => {
    const body = checked(SETTINGS_SCHEMA, await jsonBody(c), ([name]) =>
      name === undefined ? 'bad_request' : codeOf(name),
    )
    return c.json(await enqueue(c.req.param('indexUid'), accessOf(c), acceptedSettings(body), false), 202)
  })
  app.delete(ROOT, mayChange, async (c) => {
    const change = Object.fromEntries(Object.keys(DEFAULT_SETTINGS).map((name) => [name, null])) as SettingsChange
    return c.json(await enqueue(c.req.param('indexUid'), accessOf(c), change, true), 202)
  })

  for (const [name, schema] of Object.entries(SETTINGS_SHAPE) as [SettingName, z.ZodType][]) {
    const path = `${ROOT}/${inWords(name, '-')}`
    if (name === 'chat') {
      for (const [method, door] of [
        ['get', mayRead],
        ['patch', mayChange],
        ['delete', mayChange],
      ] as const)
        app.on(method, path, door, () => {
          throw unsupported('Conversational search (`chat`)')
        })
      continue
    }
    app.get(path, mayRead, (c) =>
      c.json(shownSetting(settingsOf(indexNamed(context, c.req.param('indexUid') as string)), name)),
    )
    app.on(CHANGED_IN_PARTS.has(name) ? 'PATCH' : 'PUT', path, mayChange, async (c) => {
      const value = checked(schema.nullable(), await jsonBody(c), () => codeOf(name))
      return c.json(
        await enqueue(c.req.param('indexUid') as string, accessOf(c), acceptedSettings({ [name]: value }), false),
        202,
      )
    })
    app.delete(path, mayChange, async (c) =>
      c.json(
        await enqueue(c.req.param('indexUid') as string, accessOf(c), acceptedSettings({ [name]: null }), true),
        202,
      ),
    )
  }
  return app
}

/** `stopWords` as `stop-words` or `stop_words`. */
const inWords = (name: string, joint: string): string =>
  name.replace(/[A-Z]/g, (letter) => joint + letter.toLowerCase())

const codeOf = (name: PropertyKey): string => {
  if (name === 'chat') return 'invalid_settings_index_chat'
  return Object.hasOwn(SETTINGS_SHAPE, name) ? `invalid_settings_${inWords(String(name), '_')}` : 'bad_request'
}

/** As Meilisearch shows them: `embedders` is always empty here, and foreign keys stand there only where there are some. */
function shownSettings({ foreignKeys, ...settings }: IndexSettings): object {
  return { ...settings, embedders: {}, ...(foreignKeys.length > 0 && { foreignKeys }) }
}

const shownSetting = (settings: IndexSettings, name: SettingName): unknown =>
  name === 'embedders' || name === 'chat' ? {} : settings[name]

/** What a task says that it changes: as Meilisearch, a star where the default is everything. */
function detailsOf(change: SettingsChange): TaskDetails {
  const stars = ['displayedAttributes', 'searchableAttributes']
  return Object.fromEntries(
    Object.entries(change).map(([name, value]) => [name, value === null && stars.includes(name) ? ['*'] : value]),
  )
}
