import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { commandFirst, parseArguments } from '../../src/cli/arguments.ts'
import type { Command } from '../../src/cli/command.ts'
import { commandHelp, generalHelp } from '../../src/cli/help.ts'
import { readConfig, SETTINGS, unknownVariables } from '../../src/config.ts'
import { FundstelleError } from '../../src/errors.ts'

const words = { de: 'deutsch', en: 'english' }
const command: Command = {
  name: 'probe',
  usage: 'PATH…',
  summary: words,
  options: [
    { name: 'limit', value: 'N', help: words },
    { name: 'min', value: 'METRIC=X', help: words },
    { name: 'watch', value: null, help: words },
  ],
  settings: ['cache', 'rules'],
  arity: [1, 2],
  run: () => Promise.resolve(0),
}

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof FundstelleError) return error.code
    throw error
  }
  return 'none'
}

describe('parseArguments', () => {
  it('tells arguments, settings and options of the command apart', () => {
    const parsed = parseArguments(command, [
      'a',
      '--port',
      '8080',
      '--limit=3',
      '--watch',
      '--min',
      'x=1',
      '--min=y=2',
      'b',
    ])
    expect(parsed.args).toEqual(['a', 'b'])
    expect(parsed.settings).toEqual({ port: '8080' })
    expect(Object.fromEntries(parsed.options)).toEqual({ limit: ['3'], watch: [''], min: ['x=1', 'y=2'] })
  })

  it('takes everything after -- as arguments', () => {
    expect(parseArguments(command, ['--', '--limit', '-x']).args).toEqual(['--limit', '-x'])
  })

  it.each([
    ['unknown_option', ['a', '--nirgends']],
    ['unknown_option', ['a', '--watch=ja']],
    ['missing_value', ['a', '--limit']],
    ['missing_value', ['a', '--limit', '--watch']],
    ['missing_argument', []],
    ['usage', ['a', 'b', 'c']],
  ])('%s: %j', (code, given) => {
    expect(codeOf(() => parseArguments(command, given))).toBe(code)
  })

  it('asks for no argument where help is wanted', () => {
    expect(parseArguments(command, ['--help']).help).toBe(true)
    expect(parseArguments(command, ['-h']).help).toBe(true)
  })
})

describe('commandFirst', () => {
  it.each([
    [
      ['search', 'x'],
      ['search', 'x'],
    ],
    [
      ['--lang', 'en', '--port=1', 'search', '--lang', 'de', 'x'],
      ['search', '--lang', 'en', '--port=1', '--lang', 'de', 'x'],
    ],
    [
      ['--cache', 'c', 'search', '--', '--lang'],
      ['search', '--cache', 'c', '--', '--lang'],
    ],
    [
      ['--lang', 'en', '--help'],
      ['--help', '--lang', 'en'],
    ],
    [
      ['--drafts', '--cache', 'c', 'index', 'x'],
      ['index', '--drafts', '--cache', 'c', 'x'],
    ],
    [['--version'], ['--version']],
    [[], []],
    [['--lang', 'en'], []],
  ])('%j', (words, expected) => {
    expect(commandFirst(words)).toEqual(expected)
  })

  it('takes nothing but settings there', () => {
    expect(codeOf(() => commandFirst(['--watch', 'index', 'x']))).toBe('usage')
    expect(codeOf(() => commandFirst(['--cache']))).toBe('missing_value')
  })
})

describe('readConfig', () => {
  it('has the defaults of the contract', () => {
    expect(readConfig({}, {})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      cache: 'index-cache',
      root: 'index-cache',
      index: 'articles',
      articles: ['seeds'],
      maxFileBytes: 10 * 1024 * 1024,
      drafts: false,
      base: null,
      rules: null,
      allowedOrigins: [],
      answers: { recencyDays: null, prefersGerman: true },
      threads: Math.min(8, Math.max(1, availableParallelism() - 1)),
      logQueries: false,
      slowMs: 1000,
      masterKey: null,
      masterKeyFile: null,
      private: false,
      processes: 1,
      queue: 64,
      rateLimit: 0,
      trustedProxies: [],
      cluster: null,
      language: 'de',
    })
  })

  it('knows where the cluster is, if the index is in one', () => {
    const cluster = (env: NodeJS.ProcessEnv) => readConfig({}, env).cluster
    const urls = 'https://a.example:9200, https://b.example:9200'
    expect(cluster({ FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: urls })).toEqual({
      urls: ['https://a.example:9200', 'https://b.example:9200'],
      apiKey: null,
      caFile: null,
      shards: 1,
      replicas: 1,
    })
    const here = { FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: urls }
    const size = { FUNDSTELLE_OPENSEARCH_SHARDS: '3', FUNDSTELLE_OPENSEARCH_REPLICAS: '0' }
    expect(cluster({ ...here, ...size })).toMatchObject({ shards: 3, replicas: 0 })
    for (const wrong of [{ FUNDSTELLE_OPENSEARCH_SHARDS: '0' }, { FUNDSTELLE_OPENSEARCH_REPLICAS: '11' }])
      expect(() => cluster({ ...here, ...wrong })).toThrow('hier steht')
    expect(cluster({ FUNDSTELLE_OPENSEARCH_URL: urls })).toBeNull()
    expect(() => cluster({ FUNDSTELLE_ENGINE: 'solr' })).toThrow('„FUNDSTELLE_ENGINE“: hier steht')
    expect(() => cluster({ FUNDSTELLE_ENGINE: 'opensearch' })).toThrow('„FUNDSTELLE_OPENSEARCH_URL“: hier steht')
  })

  it('shows no password of a cluster whose address is wrong', () => {
    const env = { FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: 'ftp://user:geheim@a.example' }
    expect(() => readConfig({}, env)).toThrow(/^(?!.*geheim)/s)
  })

  it.each([
    ['1', true],
    ['ja', true],
    ['TRUE', true],
    ['0', false],
    ['nein', false],
    ['', false],
  ])('FUNDSTELLE_DRAFTS=%s', (given, drafts) => {
    expect(readConfig({}, { FUNDSTELLE_DRAFTS: given })).toMatchObject({ drafts })
    expect(readConfig({ drafts: '1' }, { FUNDSTELLE_DRAFTS: given })).toMatchObject({ drafts: true })
  })

  it.each([
    ['https://www.beispiel.de', 'https://www.beispiel.de/'],
    ['http://localhost:8080/docs', 'http://localhost:8080/docs'],
    ['', null],
  ])('FUNDSTELLE_BASE=%s', (given, base) => {
    expect(readConfig({}, { FUNDSTELLE_BASE: given })).toMatchObject({ base })
  })

  it.each(['www.beispiel.de', 'javascript:x', 'https://', 'https://x.de/?a', 'https://x.de/ y'])(
    'refuses --base %s',
    (base) => {
      expect(() => readConfig({ base }, {})).toThrow(/--base/)
    },
  )

  it('lets an option beat its variable, and that PORT', () => {
    const env = { PORT: '1', FUNDSTELLE_PORT: '2', FUNDSTELLE_CACHE: 'ordner' }
    expect(readConfig({ port: '3' }, env)).toMatchObject({ port: 3, cache: 'ordner' })
    expect(readConfig({}, env).port).toBe(2)
    expect(readConfig({}, { PORT: '1' }).port).toBe(1)
    expect(readConfig({}, { PORT: '1', FUNDSTELLE_PORT: '' }).port).toBe(1)
  })

  it.each<[given: string, origins: readonly string[]]>([
    ['https://www.beispiel.de', ['https://www.beispiel.de']],
    ['https://www.beispiel.de/, http://localhost:8080', ['https://www.beispiel.de', 'http://localhost:8080']],
    ['https://www.Beispiel.de:443', ['https://www.beispiel.de']],
    ['https://müller.de', ['https://xn--mller-kva.de']],
    ['*', ['*']],
    ['', []],
  ])('reads the origins %s', (given, origins) =>
    expect(readConfig({}, { FUNDSTELLE_ALLOW_ORIGIN: given }).allowedOrigins).toEqual(origins),
  )

  it.each([
    'www.beispiel.de',
    'https://beispiel.de/pfad',
    'https://beispiel.de?x',
    'https://ich@beispiel.de',
    'https://*.beispiel.de',
    'javascript:alert(1)',
    'null',
  ])('refuses the origin %s', (given) =>
    expect(codeOf(() => readConfig({ 'allow-origin': given }, {}))).toBe('bad_value'),
  )

  it.each([{ port: '70000' }, { port: '-1' }, { port: 'x' }, { 'max-file-mb': '0' }, { lang: 'fr' }])(
    'refuses %j',
    (options) => {
      expect(codeOf(() => readConfig(options as Record<string, string>, {}))).toBe('bad_value')
    },
  )

  it.each<[string, Record<string, string>, NodeJS.ProcessEnv]>([
    ['--port', { port: 'x' }, { FUNDSTELLE_PORT: '1' }],
    ['FUNDSTELLE_PORT', {}, { FUNDSTELLE_PORT: 'tcp://10.0.0.1:3000', PORT: '1' }],
    ['PORT', {}, { PORT: 'x' }],
    ['--max-file-mb', { 'max-file-mb': 'x' }, {}],
    ['FUNDSTELLE_LANG', {}, { FUNDSTELLE_LANG: 'fr' }],
    ['--rate-limit', { 'rate-limit': '-1' }, {}],
    ['--trusted-proxies', { 'trusted-proxies': 'example.org' }, {}],
    ['FUNDSTELLE_TRUSTED_PROXIES', {}, { FUNDSTELLE_TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['FUNDSTELLE_PRIVATE', {}, { FUNDSTELLE_PRIVATE: 'maybe' }],
  ])('names %s where its value is wrong', (name, options, env) => {
    expect(() => readConfig(options, env)).toThrow(`„${name}“: hier steht`)
  })

  it('reads proxies by address, by range and by name', () => {
    const proxies = (text: string): readonly string[] => readConfig({ 'trusted-proxies': text }, {}).trustedProxies
    expect(proxies('203.0.113.7, 10.0.0.0/8 2001:db8::/32')).toEqual(['203.0.113.7', '10.0.0.0/8', '2001:db8::/32'])
    expect(proxies('loopback')).toEqual(['127.0.0.0/8', '::1'])
  })

  it('knows its own variables and names the others', () => {
    const env = { FUNDSTELLE_PORT: '1', FUNDSTELLE_RATE_LIMIT: '0', FUNDSTELLE_PROT: '1', PATH: '' }
    expect(unknownVariables(env)).toEqual(['FUNDSTELLE_PROT'])
  })
})

describe('help', () => {
  it('names every command, option and variable, in both languages', () => {
    for (const language of ['de', 'en'] as const) {
      const help = generalHelp([command], language) + commandHelp(command, language)
      expect(help).toContain('probe PATH…')
      expect(help).toContain(words[language])
      expect(help).toContain('--min METRIC=X')
      for (const { env, option } of Object.values(SETTINGS)) {
        expect(help).toContain(env)
        if (option !== null) expect(help).toContain(`--${option}`)
      }
    }
  })

  it('of a command names only the settings it makes use of', () => {
    const help = commandHelp(command, 'de')
    expect(help).toContain('--cache')
    expect(help).not.toContain('--port')
  })
})
