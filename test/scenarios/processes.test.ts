import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { type Program, poll, run, type Served, serve, start } from '../support/program.ts'
import { jsonl } from '../support/updating.ts'

/** Far above what is promised (a second). */
const DEADLINE_MS = 20_000

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

/** The processes that serve, or have served, in the order they began, as soon as there are so many. */
async function processesOf(program: Program, count: number): Promise<number[]> {
  await program.until('err', new RegExp(`(?:"a process serves"[^]*){${count}}`))
  return [...program.err.matchAll(/"process":(\d+),"msg":"a process serves"/g)].map(([, pid]) => Number(pid))
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A connection of its own, that is kept. What it asks may fail when the process at its other end is killed. */
function connection(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      get(new URL(path, url), { agent }, (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode ?? 0))
        answer.once('error', reject)
      }).once('error', reject)
    })
  return { ask, close: () => agent.destroy() }
}

/** Whether all processes find so many hits: questions over new connections go to each in turn. */
const allHave = (served: Served, query: string, count: number) => async (): Promise<boolean> => {
  const connections = Array.from({ length: 8 }, () => connection(served.url))
  const hits = await Promise.all(connections.map(() => hitsOnce(served.url, query)))
  for (const { close } of connections) close()
  return hits.every((hit) => hit === count)
}

const hitsOnce = (url: string, query: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(
      new URL(`/search?foldDuplicates=none&limit=1&q=${encodeURIComponent(query)}`, url),
      { agent: false },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (more: string) => {
          text += more
        })
        answer.once('end', () => resolve((JSON.parse(text) as { totalHits: number }).totalHits))
      },
    ).once('error', reject)
  })

async function indexed(texts: Record<string, string>): Promise<void> {
  writeFiles(root, { 'artikel/a.jsonl': jsonl(texts) })
  expect((await run(['index', '--cache', cache, join(root, 'artikel')])).code).toBe(0)
}

describe('serve --processes 2', () => {
  test('answers in two processes, tells its address once, and ends with both when it is asked to', async () => {
    await indexed({ a: 'Haus am Ufer' })
    const served = await serve(cache, '--processes', '2', '--threads', '1')
    const pids = await processesOf(served, 2)
    expect([pids.length, new Set(pids).size, pids.includes(served.child.pid as number)]).toEqual([2, 2, false])
    await poll(allHave(served, 'Haus', 1), DEADLINE_MS)
    expect(await served.end()).toMatchObject({ code: 0, signal: null })
    expect(served.out.trim().split('\n')).toHaveLength(1)
    expect(pids.map(isAlive)).toEqual([false, false])
    expect(served.err).not.toMatch(/"level":(?:40|50|60)/)
  })

  test('one that is killed takes no request of others with it, and another one takes its place', async () => {
    await indexed({ a: 'Haus am Ufer' })
    const served = await serve(cache, '--processes', '2', '--threads', '1')
    const [killed] = (await processesOf(served, 2)) as [number, number]
    const connections = Array.from({ length: 8 }, () => connection(served.url))
    const failures = connections.map(() => 0)
    // each has its process at the other end
    await Promise.all(connections.map(({ ask }) => ask('/search?q=Haus')))
    let isOver = false
    const asking = connections.map(async ({ ask }, at) => {
      while (!isOver) {
        const status = await ask('/search?q=Haus').catch(() => {
          failures[at] = (failures[at] ?? 0) + 1
          return 200
        })
        expect(status).toBe(200)
      }
    })
    process.kill(killed, 'SIGKILL')
    const pids = await processesOf(served, 3)
    isOver = true
    await Promise.all(asking)
    // those of the one that was killed, once each
    expect(Math.max(...failures)).toBe(1)
    expect(Math.min(...failures)).toBe(0)
    expect([pids.length, new Set(pids).size]).toEqual([3, 3])
    await poll(allHave(served, 'Haus', 1), DEADLINE_MS)
    for (const { close } of connections) close()
    expect(await served.end()).toMatchObject({ code: 0, signal: null })
    expect(pids.map(isAlive)).toEqual([false, false, false])
  })

  test('what is indexed, watched, or put in the rules appears in all; one process watches', async () => {
    writeFiles(root, { 'regeln.txt': '# noch nichts\n', 'artikel/a.txt': 'Haus am Ufer' })
    const [rules, articles] = [join(root, 'regeln.txt'), join(root, 'artikel')]
    expect((await run(['index', '--cache', cache, '--rules', rules, articles])).code).toBe(0)
    const served = await serve(cache, '--processes', '2', '--threads', '1', '--rules', rules, '--watch', articles)
    await poll(allHave(served, 'Haus', 1), DEADLINE_MS)
    writeFiles(root, { 'artikel/b.txt': 'Wasserkessel' })
    await poll(allHave(served, 'Wasserkessel', 1), DEADLINE_MS)
    writeFiles(root, { 'regeln.txt': 'synonym: Hütte = Haus\n' })
    await poll(allHave(served, 'Hütte', 1), DEADLINE_MS)
    expect(await (await fetch(`${served.url}/ready`)).json()).toMatchObject({ status: 'ready', watching: 'running' })
    expect(await served.end()).toMatchObject({ code: 0, signal: null })
    expect(served.err.match(/"files taken in"/g)).toHaveLength(1)
    expect(served.err).not.toMatch(/"level":(?:50|60)/)
  })

  test('without a snapshot one is built for all of them', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m${i}`, 'Massenwort']))
    await indexed(many)
    for (const name of ['CURRENT', 'gen-1']) rmSync(join(cache, name), { recursive: true })
    const served = await serve(cache, '--processes', '2', '--threads', '1')
    await poll(allHave(served, 'Massenwort', 300), DEADLINE_MS)
    expect(await served.end()).toMatchObject({ code: 0, signal: null })
    expect(served.err).not.toMatch(/"level":(?:50|60)/)
  })

  test('documents that are written to one are carried out once and found by all', async () => {
    const key = 'a-master-key-of-more-than-16-bytes'
    const program = start(['serve', '--cache', cache, '--port', '0', '--processes', '2', '--threads', '1'], {
      FUNDSTELLE_MASTER_KEY: key,
    })
    const [url] = await program.until('out', /http:\/\/\S+/)
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', connection: 'close' }
    for (let i = 0; i < 6; i++) {
      const body = JSON.stringify([{ id: i, titel: `Film ${i}` }])
      const response = await fetch(`${url}/indexes/filme/documents`, { method: 'POST', headers, body })
      expect(response.status).toBe(202)
    }
    const statuses = async (): Promise<string[]> => {
      const answer = (await (await fetch(`${url}/tasks?limit=100`, { headers })).json()) as {
        results: { status: string }[]
      }
      return answer.results.map(({ status }) => status)
    }
    await poll(async () => (await statuses()).every((status) => status === 'succeeded'), DEADLINE_MS)
    expect(await statuses()).toHaveLength(6)
    for (let i = 0; i < 6; i++) {
      const answer = await fetch(`${url}/indexes/filme/documents?limit=100`, { headers })
      expect(((await answer.json()) as { total: number }).total).toBe(6)
    }
    // default keys are made once
    const keys = (await (await fetch(`${url}/keys`, { headers })).json()) as { total: number }
    expect(keys.total).toBe(3)
    expect(await program.end()).toMatchObject({ code: 0, signal: null })
    expect(program.err).not.toContain(key)
  })

  test('requests that are under way are answered before it ends', async () => {
    const text = 'Haus am Ufer. '.repeat(500)
    await indexed(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`a${i}`, `${text} ${i}`])))
    const served = await serve(cache, '--processes', '2', '--threads', '1')
    const path = '/search?q=Haus&limit=100&attributesToRetrieve=*&foldDuplicates=none'
    const answers = Array.from({ length: 4 }, () => connection(served.url).ask(path))
    // all of them are connected, and read at the other end
    await connection(served.url).ask('/health')
    await connection(served.url).ask('/health')
    expect(await served.end()).toMatchObject({ code: 0, signal: null })
    const outcomes = await Promise.allSettled(answers)
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
  })

  test('an address that is taken is told once, as by one process', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { code, err, out } = await run(['serve', '--cache', cache, '--port', String(port), '--processes', '2'])
    other.close()
    expect([code, out]).toEqual([1, ''])
    expect(err.match(new RegExp(String(port), 'g'))).toHaveLength(1)
  })
})
