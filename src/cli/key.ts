import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { masterKeyOf } from '../master-key.ts'
import { MAIN_INDEX } from '../registry/index-table.ts'
import type { ApiKey } from '../registry/key-table.ts'
import { Registry } from '../registry/registry.ts'
import type { ServedRegistry } from '../registry/served-registry.ts'
import { addKey } from '../server/meilisearch/add-key.ts'
import { ApiError } from '../server/meilisearch/api-error.ts'
import { makeDefaultKeys } from '../server/meilisearch/default-keys.ts'
import { keyOfBody } from '../server/meilisearch/key-schema.ts'
import { keyValue } from '../server/meilisearch/key-values.ts'
import { keyView } from '../server/meilisearch/key-view.ts'
import { withClusterRegistry } from './cluster-place.ts'
import type { Command, CommandInput } from './command.ts'
import { keyBodyOf, wrongOption } from './key-options.ts'

export const keyCommand: Command = {
  name: 'key',
  usage: 'create | list | delete KEY…',
  summary: {
    de: 'macht, zeigt und löscht Schlüssel für den Zugriff über HTTP',
    en: 'makes, shows and deletes keys for using Fundstelle over HTTP',
  },
  options: [
    {
      name: 'action',
      value: 'ACTION',
      help: {
        de: 'was er erlaubt, mehrere mit Komma; sonst: search',
        en: 'what it allows, several with commas; else: search',
      },
    },
    {
      name: 'indexes',
      value: 'NAME',
      help: {
        de: `wofür: Namen von Indexen, mit * am Ende alle, die so beginnen; sonst: ${MAIN_INDEX}`,
        en: `what for: names of indexes, with * at the end all that begin so; else: ${MAIN_INDEX}`,
      },
    },
    { name: 'name', value: 'TEXT', help: { de: 'wie er heißt', en: 'what it is called' } },
    { name: 'description', value: 'TEXT', help: { de: 'wozu er da ist', en: 'what it is there for' } },
    {
      name: 'expires',
      value: 'DAY',
      help: { de: 'bis wann er gilt; sonst immer', en: 'until when it counts; else for ever' },
    },
    {
      name: 'uid',
      value: 'UUID',
      help: { de: 'seine Kennung; sonst eine zufällige', en: 'its identifier; else one at random' },
    },
    {
      name: 'origin',
      value: 'ORIGIN',
      help: {
        de: 'nur für Seiten von dort: https://www.beispiel.de',
        en: 'for pages from there alone: https://www.example.org',
      },
    },
    {
      name: 'per-minute',
      value: 'N',
      help: { de: 'Anfragen je Minute und Adresse', en: 'requests a minute and address' },
    },
    {
      name: 'parameters',
      value: 'JSON',
      help: {
        de: 'Parameter jeder Suche mit ihm: {"filter": "sichtbar = true"}',
        en: 'parameters of every search with it: {"filter": "visible = true"}',
      },
    },
    { name: 'json', value: null, help: { de: 'Ausgabe als JSON', en: 'prints JSON' } },
  ],
  settings: ['cache', 'masterKey', 'masterKeyFile', 'language'],
  arity: [1, Number.POSITIVE_INFINITY],
  async run(input) {
    const { config, args } = input
    const [verb, ...names] = args
    const run = verb === undefined || !Object.hasOwn(VERBS, verb) ? undefined : VERBS[verb]
    if (run === undefined || (verb === 'delete') !== names.length > 0) {
      const problem = {
        de: `„key“ nimmt „create“, „list“ oder „delete KEY…“, nicht „${args.join(' ')}“`,
        en: `“key” takes “create”, “list” or “delete KEY…”, not “${args.join(' ')}”`,
      }
      throw new FundstelleError('usage', { problem })
    }
    const masterKey = masterKeyOf(config)
    if (masterKey === null)
      throw new FundstelleError('master_key_missing', { what: { de: '„fundstelle key“', en: '“fundstelle key”' } })
    await withRegistry(config, async (registry) => {
      // they come first: later on nobody could tell that they were never there
      await registry.changeKeys((keys) => makeDefaultKeys(keys, new Date()))
      await run({ ...input, names, registry, secretOf: (key) => keyValue(masterKey, key.uid) })
    })
    return 0
  },
}

interface VerbInput extends CommandInput {
  readonly names: readonly string[]
  readonly registry: ServedRegistry
  readonly secretOf: (key: ApiKey) => string
}

/** Keys are where the index is: in the cache folder, or in a cluster. */
async function withRegistry(config: Config, work: (registry: ServedRegistry) => Promise<void>): Promise<void> {
  if (config.cluster !== null) return withClusterRegistry(config.cluster, work)
  const registry = Registry.open(config.cache)
  try {
    await work(registry)
  } finally {
    registry.close()
  }
}

const VERBS: Readonly<Record<string, (input: VerbInput) => void | Promise<void>>> = {
  async create({ registry, options, terminal, secretOf }) {
    let key: ApiKey
    try {
      key = keyOfBody(keyBodyOf(options), new Date())
      await addKey(registry, key)
    } catch (error) {
      throw error instanceof ApiError ? wrongOption(error, options) : error
    }
    if (options.has('json')) terminal.out(JSON.stringify(keyView(key, secretOf(key))))
    else {
      terminal.note(terminal.say({ de: `Neuer Schlüssel ${key.uid}:`, en: `New key ${key.uid}:` }))
      terminal.out(secretOf(key))
    }
  },

  list({ registry, options, terminal, secretOf }) {
    const all = registry.keys.all()
    if (options.has('json')) {
      for (const key of all) terminal.out(JSON.stringify(keyView(key, secretOf(key))))
      return
    }
    for (const key of all) {
      const until = key.expiresAt ?? terminal.say({ de: 'unbefristet', en: 'for ever' })
      const parts = [key.uid, key.name ?? '', key.actions.join(','), key.indexes.join(','), until, secretOf(key)]
      terminal.out(parts.join('\t'))
    }
  },

  async delete({ registry, names, terminal, secretOf }) {
    const uids = names.map((name) => {
      const key = registry.keys.get(name.toLowerCase()) ?? registry.keys.all().find((one) => secretOf(one) === name)
      // a value stays a secret where it is misspelt
      if (key === undefined) throw new FundstelleError('key_not_found', { uid: name.slice(0, UID_LENGTH) })
      return key.uid
    })
    await registry.changeKeys((keys) => {
      for (const uid of uids) keys.remove(uid)
    })
    for (const uid of uids) terminal.note(terminal.say({ de: `Gelöscht: ${uid}`, en: `Deleted: ${uid}` }))
  },
}

const UID_LENGTH = 36
