import { beforeEach, describe, expect, it } from 'vitest'
import { parseArguments } from '../../src/cli/arguments.ts'
import { keyCommand } from '../../src/cli/key.ts'
import { createTerminal } from '../../src/cli/terminal.ts'
import { readConfig } from '../../src/config.ts'
import { FundstelleError, type Language } from '../../src/errors.ts'
import { Registry } from '../../src/registry/registry.ts'
import { keyRoutes } from '../../src/server/meilisearch/key-routes.ts'
import { apiContext, asking, MASTER_KEY } from '../support/api-context.ts'
import { temporaryFolder } from '../support/folders.ts'
import { type Json, jsonOf } from '../support/json.ts'

const UID = '4bc0887a-0e41-4f3b-935d-0c451dcee9c8'
let cache: string

beforeEach(() => {
  cache = temporaryFolder()
})

/** Runs `fundstelle key` with these words. */
async function key(
  words: readonly string[],
  env: NodeJS.ProcessEnv = { FUNDSTELLE_MASTER_KEY: MASTER_KEY },
  language: Language = 'de',
) {
  const parsed = parseArguments(keyCommand, words)
  const told = { out: [] as string[], err: [] as string[] }
  const terminal = {
    ...createTerminal(language, {}),
    out: (text: string) => told.out.push(text),
    note: (text: string) => told.err.push(text),
  }
  const config = readConfig({ ...parsed.settings, cache }, env)
  const code = await keyCommand.run({
    config,
    ...parsed,
    terminal: terminal as unknown as ReturnType<typeof createTerminal>,
  })
  return { code, ...told }
}

async function errorOf(words: readonly string[], env?: NodeJS.ProcessEnv): Promise<string> {
  try {
    await key(words, env)
  } catch (error) {
    if (error instanceof FundstelleError) return `${error.code}: ${error.detail('de')}`
    throw error
  }
  throw new Error('nothing was thrown')
}

/** What the server says of the same registry. */
async function served(path: string, bearer: string): Promise<Json> {
  const registry = Registry.open(cache)
  const routes = keyRoutes({ ...apiContext(), registry })
  const answer = await jsonOf(routes.request(path, asking(bearer)))
  registry.close()
  return answer
}

describe('fundstelle key', () => {
  it('makes a key that the server knows, and prints it alone', async () => {
    const { code, out, err } = await key(['create', '--name', 'Laden', '--action', 'keys.get,search', '--uid', UID])
    expect([code, out.length]).toEqual([0, 1])
    expect(err.join()).toContain(UID)
    const [value = ''] = out
    expect(await served(`/keys/${UID}`, value)).toMatchObject({
      key: value,
      name: 'Laden',
      actions: ['keys.get', 'search'],
      indexes: ['articles'],
      expiresAt: null,
    })
  })

  it('makes one for searching articles where nothing is said', async () => {
    const { out } = await key(['create', '--json'])
    expect(JSON.parse(out.join())).toMatchObject({
      actions: ['search'],
      indexes: ['articles'],
      expiresAt: null,
      name: null,
    })
  })

  it('makes one with everything that can be said', async () => {
    const words = [
      'create',
      '--json',
      '--action',
      'search',
      '--indexes',
      'filme,buch_*',
      '--indexes',
      'musik',
      '--expires',
      '2999-12-31',
    ]
    const more = [
      '--origin',
      'https://www.beispiel.de',
      '--per-minute',
      '60',
      '--parameters',
      '{"limit": 5}',
      '--description',
      'x',
    ]
    expect(JSON.parse((await key([...words, ...more])).out.join())).toMatchObject({
      indexes: ['filme', 'buch_*', 'musik'],
      expiresAt: '2999-12-31T00:00:00Z',
      allowedOrigins: ['https://www.beispiel.de'],
      requestsPerMinute: 60,
      searchParameters: { limit: 5 },
      description: 'x',
    })
  })

  it('lists keys, those that everybody needs among them', async () => {
    const { out } = await key(['create', '--name', 'Laden'])
    const listed = (await key(['list'])).out.map((line) => line.split('\t'))
    expect(listed.map(([, name]) => name)).toEqual([
      'Laden',
      'Default Search API Key',
      'Default Admin API Key',
      'Default Read-Only Admin API Key',
    ])
    expect(listed[0]?.slice(2)).toEqual(['search', 'articles', 'unbefristet', out[0]])
    const json = (await key(['list', '--json'])).out.map((line) => JSON.parse(line) as Json)
    expect(json[0]).toMatchObject({ name: 'Laden', key: out[0] })
  })

  it('deletes keys by uid and by value', async () => {
    const one = (await key(['create', '--uid', UID])).out.join()
    const other = (await key(['create'])).out.join()
    expect((await key(['delete', UID, other])).code).toBe(0)
    const values = (await key(['list'])).out.join()
    expect(values).not.toContain(one)
    expect(values).not.toContain(other)
  })

  it('deletes none where one is not there, and does not repeat what may be a secret', async () => {
    await key(['create', '--uid', UID])
    const wrong = 'f'.repeat(63)
    const error = await errorOf(['delete', UID, wrong])
    expect(error).toContain('key_not_found')
    expect(error).not.toContain(wrong)
    expect((await key(['list'])).out.join()).toContain(UID)
  })

  it.each([
    [['create', '--action', 'alles'], 'bad_value: „--action“: hier steht „alles“, erwartet wird etwas von *, '],
    [['create', '--indexes', 'a/b'], 'bad_value: „--indexes“: hier steht „a/b“'],
    [['create', '--expires', '2001-01-01'], 'bad_value: „--expires“: hier steht „2001-01-01“'],
    [['create', '--origin', 'beispiel.de'], 'bad_value: „--origin“: hier steht „beispiel.de“'],
    [['create', '--per-minute', 'x'], 'bad_value: „--per-minute“: hier steht „x“'],
    [['create', '--per-minute', '0'], 'bad_value: „--per-minute“: hier steht „0“'],
    [['create', '--parameters', '{'], 'bad_value: „--parameters“: hier steht „{“'],
    [['create', '--uid', 'x'], 'bad_value: „--uid“: hier steht „x“'],
    [['create', 'etwas'], 'usage: '],
    [['delete'], 'usage: '],
    [['constructor'], 'usage: '],
  ])('refuses %j', async (words, error) => {
    expect(await errorOf(words)).toContain(error)
  })

  it('makes none twice', async () => {
    await key(['create', '--uid', UID])
    expect(await errorOf(['create', '--uid', UID])).toBe(`key_exists: Einen Schlüssel „${UID}“ gibt es schon.`)
  })

  it('needs the master key', async () => {
    expect(await errorOf(['list'], {})).toContain('master_key_missing: „fundstelle key“ braucht einen Hauptschlüssel')
  })
})
