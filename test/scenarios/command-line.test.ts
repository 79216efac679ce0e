import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../support/clean-copy.ts'
import { makeFolder, removeFolder, temporaryFolder, writeFiles } from '../support/folders.ts'
import { run, start } from '../support/program.ts'

let root = ''
let cache = ''
beforeAll(async () => {
  root = makeFolder()
  cache = join(makeFolder(), 'cache')
  writeFiles(root, {
    'a.txt': 'Das Haus\n\nEin Haus mit Garten.',
    'b.txt': 'Boot\n\nEin Boot am Haus.',
    'bild.png': 'x',
  })
  expect((await run(['index', '--cache', cache, root])).code).toBe(0)
  return () => {
    removeFolder(root)
    removeFolder(join(cache, '..'))
  }
})

describe('exit codes', () => {
  test.each<[string, readonly string[]]>([
    ['no command', []],
    ['an unknown command', ['suche', 'Haus']],
    ['an unknown option', ['index', '--schnell', '.']],
    ['an option of another command', ['check', '--strict']],
    ['a switch with a value', ['index', '--strict=ja', '.']],
    ['index without PATH', ['index']],
    ['search without QUERY', ['search']],
    ['an argument too many', ['check', 'x']],
    ['an option without its value', ['check', '--cache']],
    ['an option whose value is missing before the next', ['check', '--cache', '--lang', 'de']],
    ['a wrong port', ['serve', '--port', '70000']],
    ['a port that is no number', ['serve', '--port', '8o80']],
    ['a wrong limit', ['search', 'Haus', '--limit', '101']],
    ['a wrong filter', ['search', 'Haus', '--filter', 'ort =']],
    ['an origin with a path', ['serve', '--allow-origin', 'https://beispiel.example/pfad']],
    ['an origin without a scheme', ['serve', '--allow-origin', 'beispiel.example']],
    ['an address that is none', ['embed', 'suche']],
    ['a wrong order', ['search', 'Haus', '--sort', 'ort:nord']],
    ['a half-life that is no number', ['search', 'Haus', '--recency', 'bald']],
    ['a wrong language', ['check', '--lang', 'fr']],
    ['serve with PATHs but without --watch', ['serve', 'seeds']],
    ['serve --watch without PATH', ['serve', '--watch']],
    ['an option of a command before its name', ['--strict', 'index', '.']],
    ['a wrong setting before the command', ['--port', 'x', 'check']],
  ])('2: %s', async (_, words) => {
    const { code, out, err } = await run(words, { env: { FUNDSTELLE_CACHE: join(temporaryFolder(), 'nie') } })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    if (words.length === 0) expect(err).toMatch(/^Fundstelle – /)
    else expect(err).toMatch(/^fundstelle: .+\nHilfe: fundstelle help\n$/)
  })

  test.each([
    ['FUNDSTELLE_PORT', 'tcp://10.0.0.1:3000'],
    ['PORT', '70000'],
  ])('2: a wrong %s in the environment', async (name, value) => {
    expect(await run(['serve'], { env: { [name]: value } })).toMatchObject({
      code: 2,
      out: '',
      err: `fundstelle: „${name}“: hier steht „${value}“, erwartet wird eine ganze Zahl von 0 bis 65535.\nHilfe: fundstelle help\n`,
    })
  })

  test.each<[string, readonly string[], RegExp]>([
    ['a PATH that does not exist', ['index', '/gibt/es/nicht'], /„\/gibt\/es\/nicht“ gibt es nicht/],
    ['check where nothing is', ['check'], /gibt es keinen Index/],
    ['remove where nothing is', ['remove', 'x'], /gibt es keinen Index/],
    ['search where nothing is', ['search', 'Haus'], /gibt es keinen Index/],
    [
      'a host that is none',
      ['serve', '--host', 'gibt.es.nicht.invalid', '--port', '0'],
      /kann dieser Rechner nicht antworten/,
    ],
    ['eval without a test set', ['eval', '/gibt/es/nicht'], /corpus\.jsonl“ gibt es nicht/],
    ['a cache below a file', ['index', '/etc/hostname', '--cache', '/etc/hostname/x'], /kann nicht geschrieben werden/],
  ])('1: %s', async (_, words, word) => {
    const { code, out, err } = await run(words, { env: { FUNDSTELLE_CACHE: join(temporaryFolder(), 'nie') } })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(word)
    expect(err).not.toMatch(/\n {4}at /)
  })

  test.each<[string, readonly string[], NodeJS.ProcessEnv]>([
    ['index', ['index', '/gibt/es/nicht'], {}],
    ['index --watch', ['index', '--watch', '/gibt/es/nicht'], {}],
    ['serve --watch', ['serve', '--port', '0', '--watch', '/gibt/es/nicht'], {}],
    ['start', ['start'], { FUNDSTELLE_ARTICLES: '/gibt/es/nicht' }],
    ['check', ['check'], {}],
    ['search', ['search', 'Haus'], {}],
  ])('1: %s of what is not there leaves no cache folder behind', async (_, words, env) => {
    const nowhere = join(temporaryFolder(), 'neu')
    expect((await run(words, { env: { ...env, FUNDSTELLE_CACHE: nowhere } })).code).toBe(1)
    expect(existsSync(nowhere)).toBe(false)
  })

  test('1: a PATH that vanished; its articles stay. 0: one that is empty now, with a warning', async () => {
    const [own, folder] = [temporaryFolder(), join(temporaryFolder(), 'cache')]
    writeFiles(own, { 'artikel/a.txt': 'Haus' })
    const index = () => run(['index', '--cache', folder, join(own, 'artikel')])
    await index()
    renameSync(join(own, 'artikel'), join(own, 'weg'))
    const { code, out, err } = await index()
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^fundstelle: „\S+artikel“ gibt es nicht mehr; die Artikel daraus bleiben im Index/)
    expect((await run(['check', '--cache', folder])).out).toMatch(/^In Ordnung: 1 Artikel/)
    mkdirSync(join(own, 'artikel'))
    const emptied = await index()
    expect(emptied).toMatchObject({ code: 0, out: expect.stringContaining('1 entfernt, 0 abgelehnt; 0 im Index') })
    expect(emptied.err).toMatch(/^Achtung: In „\S+artikel“ ist kein Artikel mehr; .*\(1\), ist entfernt\./m)
  })

  test('1: check with other rules than those of the index says so, not that it is damaged', async () => {
    const rules = join(temporaryFolder(), 'regeln.txt')
    writeFiles(join(rules, '..'), { 'regeln.txt': 'wort: Kita' })
    const { code, err } = await run(['check', '--cache', cache, '--rules', rules])
    expect(code).toBe(1)
    expect(err).toMatch(/^FEHLER {2}Der Index „\S+gen-1“ wurde mit anderen eigenen Regeln gebaut.*--rules.*\n$/)
  })

  test('1: a refusal where --strict asks for it; 0 without', async () => {
    const folder = temporaryFolder()
    writeFiles(folder, { 'a.txt': 'Haus', 'b.jsonl': 'kaputt' })
    const loose = await run(['index', '--cache', join(folder, 'cache'), folder])
    expect(loose.code).toBe(0)
    expect(loose.err).toMatch(/abgelehnt {2}\S+\/b\.jsonl:1 {2}kein gültiges JSON/)
    expect((await run(['index', '--cache', join(folder, 'cache'), '--strict', folder])).code).toBe(1)
    const watching = ['index', '--cache', join(folder, 'cache'), '--strict', '--watch', folder]
    expect((await run(watching)).code).toBe(1)
  })

  test('1: --strict --watch as soon as something is refused', async () => {
    const [own, folder] = [temporaryFolder(), temporaryFolder()]
    writeFiles(own, { 'a.txt': 'Haus' })
    const watching = start(['index', '--cache', folder, '--strict', '--watch', own])
    await watching.until('out', /1 im Index/)
    writeFiles(own, { 'b.jsonl': 'kaputt' })
    expect(await watching.finished).toMatchObject({
      code: 1,
      signal: null,
      err: expect.stringContaining('kein gültiges JSON'),
    })
  })

  test('1: a port in use, and the word for it', async () => {
    const first = start(['serve', '--cache', cache, '--port', '0'])
    const [, port] = await first.until('out', /:(\d+)\n/)
    const { code, out, err } = await run(['serve', '--cache', cache, '--port', String(port)])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/ist schon belegt/)
    expect((await first.end()).code).toBe(0)
  })

  test.each<[string, readonly string[]]>([
    ['help', ['help']],
    ['--help', ['--help']],
    ['help of a command', ['index', '--help']],
    ['help of a command, asked for the other way round', ['help', 'index']],
  ])('0: %s, on standard output', async (_, words) => {
    const { code, out, err } = await run(words)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/--cache/)
  })
})

// Windows starts programs of npm by files that npm writes itself
test.skipIf(process.platform === 'win32')('the built program can be started by its name', () => {
  const main = join(projectRoot, 'dist/cli/main.js')
  expect(execFileSync(main, ['--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/)
})

describe('standard output', () => {
  test('of index: counts and time; progress and refusals beside it', async () => {
    const folder = temporaryFolder()
    const { out, err } = await run(['index', '--cache', folder, root])
    expect(out).toMatch(
      /^Dateien: 2 gelesen, 0 unverändert, 0 verschwunden, 1 übersprungen\nArtikel: 2 neu, 0 geändert, 0 entfernt, 0 abgelehnt; 2 im Index \(\d+,\d\d s\)\nÜbersprungen: 1 × \S+\n$/,
    )
    expect(err).toMatch(/^(?:lese Dateien \d+\/\d+\n|indiziere \d+\/\d+\n)+$/)
  })

  test('of index ends with the reading, whatever the libraries in its threads had to say about a file', async () => {
    const folder = temporaryFolder()
    // an end of what never began: the converter warns of it
    writeFiles(folder, { 'a.adoc': '\n<<<\n=== Abgrenzung\n\nText\n\n// end::DE[]\n\n=== Mehr\n\nText\n' })
    const { code, out } = await run(['index', '--cache', join(folder, 'cache'), join(folder, 'a.adoc')])
    expect(code).toBe(0)
    expect(out).toContain('1 im Index')
  })

  test('of index with --report has it as JSON in a file, one that cannot be written is an error before anything is done', async () => {
    const folder = temporaryFolder()
    const report = join(folder, 'bericht.json')
    const words = ['index', '--cache', join(folder, 'cache'), root]
    expect((await run([...words, '--report', report, '--exclude', 'a.txt'])).code).toBe(0)
    const { files, skipped } = JSON.parse(readFileSync(report, 'utf8'))
    expect(files.skipped).toBe(skipped.reduce((sum: number, { count }: { count: number }) => sum + count, 0))
    expect(skipped).toContainEqual(expect.objectContaining({ why: 'excluded', files: [join(root, 'a.txt')] }))
    const { code, err } = await run([...words, '--report', join(folder, 'gibt', 'es', 'nicht.json')])
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('konnte nicht geschrieben werden') })
    expect((await run([...words, '--exclude', '*a'.repeat(20)])).code).toBe(2)
  })

  test('of --version is the version alone', async () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
    expect(await run(['--version'])).toMatchObject({ code: 0, out: `${version}\n`, err: '' })
  })

  test('of remove: counts; the files stay, their articles go', async () => {
    const folder = temporaryFolder()
    const own = join(folder, 'eigene')
    writeFiles(own, { 'a.txt': 'Haus', 'b.txt': 'Garten' })
    await run(['index', '--cache', folder, own])
    expect((await run(['remove', '--cache', folder, join(own, 'a.txt')])).out).toMatch(/1 entfernt.*; 1 im Index/)
    expect(existsSync(join(own, 'a.txt'))).toBe(true)
    expect(await run(['remove', '--cache', folder, join(own, 'a.txt')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('ist nichts im Index'),
    })
    expect(JSON.parse((await run(['search', '--cache', folder, 'Haus', '--json'])).out).hits).toEqual([])
  })

  test('of search --json is what /search answers, and nothing else', async () => {
    const { code, out, err } = await run(['search', '--cache', cache, 'Haus', 'Garten', '--json'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({
      query: 'Haus Garten',
      totalHits: 2,
      limit: 20,
      hits: [{ id: 'a.txt' }, { id: 'b.txt' }],
    })
  })

  test('of search has no colours in a pipe, on demand it has, and NO_COLOR beats the demand', async () => {
    const search = async (env: NodeJS.ProcessEnv): Promise<string> =>
      (await run(['search', '--cache', cache, 'Haus'], { env })).out
    const ESC = '\u001b['
    expect(await search({})).not.toContain(ESC)
    expect(await search({ FORCE_COLOR: '1' })).toContain(`${ESC}7mHaus${ESC}27m`)
    expect(await search({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain(ESC)
    expect(await search({ FORCE_COLOR: '1', NO_COLOR: '' })).toContain(ESC)
  })

  test('of search with --filter, --facets, --sort and --explain', async () => {
    const folder = makeFolder()
    const articles = [
      { id: 'eins', title: 'Haus', text: 'Ein Haus am See.', date: '2024-03-01', tags: ['Bau'], ort: 'Kiel' },
      { id: 'zwei', title: 'Häuser', text: 'Zwei Häuser am Meer.', date: '2025-03-01', tags: ['Bau'], ort: 'Kiel' },
      { id: 'drei', title: 'Haus', text: 'Ein Haus am Berg.', date: '2025-04-01', tags: ['Bau'], ort: 'Ulm' },
    ]
    writeFiles(folder, { 'alle.jsonl': articles.map((article) => JSON.stringify(article)).join('\n') })
    const own = ['--cache', join(folder, 'cache')]
    expect((await run(['index', ...own, folder])).code).toBe(0)
    const choices = [
      '--filter',
      'ort = kiel AND date >= 2024',
      '--facets',
      'ort,tags',
      '--sort',
      'date:desc',
      '--explain',
    ]
    const { code, out } = await run(['search', ...own, 'Haus', ...choices])
    expect(code).toBe(0)
    expect(out).toMatch(/^Häuser\nzwei {2}2025-03-01\n.*\n.*„Haus“.*\n\nHaus\neins {2}2024-03-01\n/)
    expect(out).toMatch(/^ort: Kiel \(2\)\ntags: Bau \(2\)$/m)
    expect(out).not.toContain('drei')
    const wrong = await run(['search', ...own, 'Haus', '--filter', 'ort = Kiel AND (date >='])
    expect(wrong).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/Zeichen 24/) })
    removeFolder(folder)
  })

  test('of embed is what another site needs, and nothing else', async () => {
    const { code, out, err } = await run(['embed', 'https://suche.example/unten/'])
    expect(code).toBe(0)
    expect(out).toMatch(
      /^<script src="https:\/\/suche\.example\/unten\/embed-[0-9a-f]{12}\.js" integrity="sha384-[\w+/]{64}" crossorigin="anonymous" defer><\/script>\n<fundstelle-suche server="https:\/\/suche\.example\/unten">\n/,
    )
    expect(err).toContain('--allow-origin')
    expect((await run(['embed', '--port', '4711'])).out).toContain('"http://127.0.0.1:4711/embed-')
    expect((await run(['embed', '--host', '::1'])).out).toContain('"http://[::1]:3000/embed-')
    // where it listens everywhere, a browser here still needs a name
    expect((await run(['embed', '--host', '0.0.0.0'])).out).toContain('"http://localhost:3000/embed-')
  })

  test('of search where nothing is found is empty', async () => {
    expect(await run(['search', '--cache', cache, 'Quastenflosser'])).toMatchObject({ code: 0, out: '' })
  })

  test('of analyze: one line out for each line in, whatever is in it', async () => {
    const long = 'Haus '.repeat(200_000).trim()
    const lines = [
      'Das Haus',
      '',
      '   ',
      long,
      'x'.repeat(1_000_000),
      '\u0000\u2028\u2029\ufeff',
      '{"a":1}',
      'z. B. 4.700',
    ]
    const { code, out, err } = await run(['analyze'], { input: `${lines.join('\n')}\n` })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const answers = out.split('\n')
    expect(answers.pop()).toBe('')
    const parsed = answers.map(
      (line) => JSON.parse(line) as { text: string; tokens: { surface: string; start: number; end: number }[] },
    )
    expect(parsed.map(({ text }) => text)).toEqual(lines)
    expect(parsed.map(({ tokens }) => tokens.length)).toEqual([2, 0, 0, 200_000, 1, 0, 2, 2])
    for (const { text, tokens } of parsed) {
      for (const { surface, start: from, end } of tokens)
        if (text.slice(from, end) !== surface) throw new Error(surface)
    }
  })

  test('of analyze: no line in, no line out; a last line without its end counts; CRLF ends a line too', async () => {
    expect(await run(['analyze'])).toMatchObject({ code: 0, out: '' })
    expect((await run(['analyze'], { input: 'Haus' })).out.split('\n')).toHaveLength(2)
    expect((await run(['analyze'], { input: 'Haus\r\nBoot\r\n' })).out).not.toContain('\\r')
  })

  test('a reader that goes away is no failure', async () => {
    const program = start(['analyze'])
    program.child.stdout.once('data', () => program.child.stdout.destroy())
    program.child.stdin.end('Haus am Ufer\n'.repeat(100_000))
    expect(await program.finished).toMatchObject({ code: 0, err: '' })
  })
})

describe('the environment', () => {
  test('an unknown FUNDSTELLE_ name is a warning, never a stop; reserved ones are none', async () => {
    const env = { FUNDSTELLE_CASH: 'x', FUNDSTELLE_RATE_LIMIT: '0', FUNDSTELLE_CACHE: cache }
    const { code, out, err } = await run(['check'], { env })
    expect(code).toBe(0)
    expect(out).toMatch(/^In Ordnung: 2 Artikel/)
    expect(err).toMatch(/^Achtung: .*FUNDSTELLE_CASH.*\n$/)
  })

  test('settings may stand before the command', async () => {
    const { code, out } = await run(['--lang', 'en', `--cache=${cache}`, 'check'])
    expect(code).toBe(0)
    expect(out).toMatch(/^Sound: 2 articles/)
  })

  test('an option beats its variable; messages speak the language asked for', async () => {
    const wrong = join(temporaryFolder(), 'falsch')
    const { code, out } = await run(['check', '--cache', cache], {
      env: { FUNDSTELLE_CACHE: wrong, FUNDSTELLE_LANG: 'en' },
    })
    expect(code).toBe(0)
    expect(out).toMatch(/^Sound: 2 articles/)
    expect(existsSync(wrong)).toBe(false)
  })
})
