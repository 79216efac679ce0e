import { once } from 'node:events'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { withWriterLock } from '../../src/store/writer-lock.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { run, serve, start } from '../support/program.ts'
import { jsonl } from '../support/updating.ts'

/** A cache with a hundred articles so long that an answer with all of them does not fit into any buffer. */
async function fullCache(): Promise<string> {
  const [root, cache] = [temporaryFolder(), temporaryFolder()]
  const text = 'Haus am Ufer. '.repeat(6000)
  const articles = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`a${i}`, `${text} ${i}`]))
  writeFiles(root, { 'a.jsonl': jsonl(articles) })
  expect((await run(['index', '--cache', cache, root])).code).toBe(0)
  return cache
}

async function portIsFree(url: string): Promise<boolean> {
  const server = createServer().listen(Number(new URL(url).port), '127.0.0.1')
  await once(server, 'listening')
  server.close()
  return true
}

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  test('lets a request that is coming in be answered, then the server ends with 0 and leaves its port', async () => {
    const served = await serve(await fullCache())
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
    socket.write('GET /search?q=Haus&limit=1 HTTP/1.1\r\nHost: localhost\r\n')
    // an answer on another connection says that the server has read the beginning of the first
    expect(await served.hits('Haus')).toBe(100)
    served.child.kill(signal)
    await served.until('err', /"stopping"/)
    socket.write('Connection: close\r\n\r\n')
    const answer = await textOf(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(answer).toContain('"totalHits":100')
    expect(await served.finished).toMatchObject({ code: 0, signal: null })
    expect(await portIsFree(served.url)).toBe(true)
  })

  test('lets an answer that a slow client is still reading be sent to its end', async () => {
    const served = await serve(await fullCache())
    const agent = new Agent({ keepAlive: true })
    const request = get(`${served.url}/search?q=Haus&limit=55&attributesToRetrieve=*`, { agent })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    response.pause()
    served.child.kill(signal)
    await served.until('err', /"stopping"/)
    let body = ''
    response.setEncoding('utf8').on('data', (text) => {
      body += text
    })
    response.resume()
    await once(response, 'end')
    expect((JSON.parse(body) as { hits: unknown[] }).hits).toHaveLength(55)
    expect(await served.finished).toMatchObject({ code: 0, signal: null })
    agent.destroy()
  })

  test('ends a server whose clients go on asking over open connections', async () => {
    const served = await serve(await fullCache())
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const wrong: unknown[] = []
    let over = false
    void served.finished.then(() => {
      over = true
    })
    let answers = 0
    const ask = async (): Promise<void> => {
      const request = get(`${served.url}/search?q=Haus`, { agent })
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      if (response.statusCode !== 200) wrong.push(response.statusCode)
      response.resume()
      await once(response, 'end')
      answers += 1
    }
    const loop = (async () => {
      // refused and reset connections are how a client learns that the server is gone
      while (!over) await ask().catch(() => {})
    })()
    while (answers < 5) await new Promise((resolve) => setImmediate(resolve))
    expect(await served.end(signal)).toMatchObject({ code: 0, signal: null })
    await loop
    expect(wrong).toEqual([])
    agent.destroy()
  })
})

describe('serve', () => {
  test('does not wait for a connection on which nothing was ever asked', { timeout: 8000 }, async () => {
    const served = await serve(temporaryFolder())
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
    await once(socket, 'connect')
    expect(await served.hits('Haus')).toBe(0)
    expect(await served.end()).toMatchObject({ code: 0, signal: null })
    socket.destroy()
  })

  test('gives a rebuild up when it is stopped, and has told no address before', async () => {
    const [root, cache] = [temporaryFolder(), temporaryFolder()]
    const articles = Array.from({ length: 8000 }, (_, i) => [`a${i}`, `Haus ${i} am Ufer `.repeat(60)])
    writeFiles(root, { 'a.jsonl': jsonl(Object.fromEntries(articles)) })
    await run(['index', '--cache', cache, root])
    for (const name of ['CURRENT', 'gen-1']) rmSync(join(cache, name), { recursive: true })
    const starting = start(['serve', '--port', '0', '--cache', cache])
    await starting.until('err', /rebuilding/)
    expect(await starting.end()).toMatchObject({ code: 0, signal: null, out: '' })
    expect(existsSync(join(cache, 'CURRENT'))).toBe(false)
    expect(await run(['index', '--cache', cache, root])).toMatchObject({ code: 0 })
    expect(await run(['check', '--cache', cache])).toMatchObject({ code: 0 })
  })

  test('ends with 1 and says why where the store cannot be opened', async () => {
    const cache = temporaryFolder()
    writeFiles(cache, { 'store.sqlite': 'kein Artikelspeicher '.repeat(100) })
    const { code, out, err } = await run(['serve', '--port', '0', '--cache', cache])
    expect({ code, out }, err).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^fundstelle: .*das ist kein Artikelspeicher/m)
  })

  test('--watch of a PATH that does not exist ends with 1 instead of serving unwatched', async () => {
    const missing = join(temporaryFolder(), 'fehlt')
    const { code, out, err } = await run(['serve', '--port', '0', '--cache', temporaryFolder(), '--watch', missing])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/gibt es nicht/)
  })

  test('--watch begins as soon as another process has let go of the cache', async () => {
    const [root, cache] = [temporaryFolder(), temporaryFolder()]
    writeFiles(root, { 'a.txt': 'Haus' })
    let served: Awaited<ReturnType<typeof serve>> | undefined
    await withWriterLock(cache, async () => {
      served = await serve(cache, '--watch', root)
      await served.until('err', /schreibt gerade ein anderer Vorgang/)
    })
    await served?.until('err', /files taken in/)
    expect((await served?.end())?.code).toBe(0)
  })
})

describe('index', () => {
  test('a second one waits five seconds for the first, then says so and ends with 1', async () => {
    const [root, cache] = [temporaryFolder(), temporaryFolder()]
    writeFiles(root, { 'a.txt': 'Haus' })
    await withWriterLock(cache, async () => {
      const started = performance.now()
      const { code, out, err } = await run(['index', '--cache', cache, root])
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err).toMatch(/schreibt gerade ein anderer Vorgang/)
      expect(performance.now() - started).toBeGreaterThan(4500)
    })
    expect((await run(['index', '--cache', cache, root])).code).toBe(0)
  })

  test('several started at once on a new cache, and a server with them, all come through', async () => {
    const [root, cache] = [temporaryFolder(), join(temporaryFolder(), 'neu')]
    writeFiles(root, { 'a/a.txt': 'Haus', 'b/b.txt': 'Haus', 'c/c.txt': 'Haus' })
    const served = serve(cache)
    const runs = ['a', 'b', 'c'].map((name) => run(['index', '--cache', cache, join(root, name)]))
    for (const { code, err } of await Promise.all(runs)) expect(code, err).toBe(0)
    expect(await run(['check', '--cache', cache])).toMatchObject({ code: 0, err: '' })
    expect((await (await served).end()).code).toBe(0)
  })

  test('--watch takes changes in, and ends with 0 when asked to; what is not in the snapshot yet is found all the same', async () => {
    const [root, cache] = [temporaryFolder(), temporaryFolder()]
    writeFiles(root, { 'a.txt': 'Haus' })
    const watching = start(['index', '--cache', cache, '--watch', root])
    await watching.until('out', /1 im Index/)
    writeFiles(root, { 'b.txt': 'Boot' })
    await watching.until('out', /2 im Index/)
    expect(await watching.end()).toMatchObject({ code: 0, signal: null })
    expect((await run(['check', '--cache', cache])).out).toMatch(/2 Artikel.*stimmen überein/)
    expect((await run(['search', 'Boot', '--json', '--cache', cache])).out).toContain('"totalHits": 1')
  })

  test('--watch goes on where the PATH vanishes, whose articles stay, and comes back', async () => {
    const [root, cache] = [temporaryFolder(), temporaryFolder()]
    writeFiles(root, { 'artikel/a.txt': 'Haus' })
    const watching = start(['index', '--cache', cache, '--watch', join(root, 'artikel')])
    await watching.until('out', /1 im Index/)
    renameSync(join(root, 'artikel'), join(root, 'weg'))
    await watching.until(
      'err',
      /abgelehnt {2}\S+artikel {2}„\S+artikel“ gibt es nicht mehr; die Artikel daraus bleiben/,
    )
    expect(watching.out).not.toMatch(/0 im Index/)
    writeFiles(root, { 'neu/b.txt': 'Boot', 'neu/c.txt': 'Dach' })
    renameSync(join(root, 'neu'), join(root, 'artikel'))
    await watching.until('out', /2 im Index/)
    expect(await watching.end()).toMatchObject({ code: 0, signal: null })
  })

  test('--watch of a PATH that does not exist ends with 1', async () => {
    const { code, err } = await run([
      'index',
      '--cache',
      temporaryFolder(),
      '--watch',
      join(temporaryFolder(), 'fehlt'),
    ])
    expect(code).toBe(1)
    expect(err).toMatch(/gibt es nicht/)
  })
})
