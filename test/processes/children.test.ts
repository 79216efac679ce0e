import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { Children, type ServingProcess } from '../../src/processes/children.ts'
import { Handover } from '../../src/processes/handover.ts'
import type { UnexpectedEnd } from '../../src/update/supervise.ts'
import { fastTimers } from '../support/fast-time.ts'

const SCRIPT = fileURLToPath(new URL('./obedient-child.mjs', import.meta.url))

/** @param port what the children do, see obedient-child.mjs */
function parentOf(count: number, port = 0, build: (folder: string) => Promise<void> = async () => {}) {
  const started: ChildProcess[] = []
  const ends: UnexpectedEnd[] = []
  const lines: Record<string, unknown>[] = []
  const served: number[] = []
  let wake: () => void = () => {}
  const children = new Children({
    config: { ...readConfig({}, {}), port },
    count,
    connections: new Handover(),
    start() {
      const child = fork(SCRIPT, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], serialization: 'advanced' })
      let text = ''
      child.stdout?.setEncoding('utf8').on('data', (more: string) => {
        text += more
        const whole = text.split('\n')
        text = whole.pop() ?? ''
        for (const line of whole) lines.push(JSON.parse(line) as Record<string, unknown>)
        wake()
      })
      started.push(child)
      return child as ServingProcess
    },
    build,
    onServing(pid) {
      served.push(pid)
      wake()
    },
    onEnd(end) {
      ends.push(end)
      wake()
    },
    timers: fastTimers,
  })
  onTestFinished(async () => {
    await children.close()
  })
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { children, started, ends, lines, served, until }
}

describe('the processes of a server', () => {
  test('serve as soon as all of them do', async () => {
    const { children, started, served } = parentOf(3)
    expect(await children.firstServing).toMatchObject({ articles: 3 })
    expect(new Set(served)).toEqual(new Set(started.map(({ pid }) => pid)))
    await children.close()
    expect(started.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
  })

  test('are replaced when one is killed; the others stay', async () => {
    const { children, started, ends, served, until } = parentOf(2)
    await children.firstServing
    process.kill(served[0] as number, 'SIGKILL')
    await until(() => served.length === 3)
    expect(ends).toMatchObject([
      { ends: 1, state: 'restarting', error: { message: expect.stringContaining('SIGKILL') } },
    ])
    expect(started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)).toHaveLength(2)
  })

  test('tell what one of them could not begin for', async () => {
    const { children } = parentOf(2, 1)
    await expect(children.firstServing).rejects.toMatchObject({ code: 'address_in_use' })
  })

  test('share a build that several ask for at once; each is told how it ended', async () => {
    const folders: string[] = []
    let end: () => void = () => {}
    const { children, lines, until } = parentOf(2, 3, async (folder) => {
      folders.push(folder)
      await new Promise<void>((resolve) => {
        end = resolve
      })
      throw new Error('kein Platz')
    })
    await children.firstServing
    end()
    const built = () => lines.filter(({ kind }) => kind === 'built')
    // a request that came after the end of the first build is one of its own
    while (built().length < 4) {
      await new Promise<void>((resolve) => setImmediate(resolve))
      end()
    }
    await until(() => built().length === 4)
    expect(folders.length).toBeLessThan(4)
    expect(
      built()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([7, 7, 8, 8])
    for (const { error } of built()) expect(error).toMatchObject({ message: 'kein Platz' })
  })

  test('tell each other what they count', async () => {
    const { children, lines, served, until } = parentOf(2, 4)
    await children.firstServing
    const told = () => lines.filter(({ kind, all }) => kind === 'metrics' && (all as unknown[]).length > 0)
    await until(() => told().length === 2)
    const { all } = told().find((line) => (line['all'] as unknown[]).length === 2) ?? { all: [] }
    expect(new Set((all as number[][]).flat())).toEqual(new Set(served))
  })

  test('are told how the watching is going, those too that come later', async () => {
    const { children, lines, served, until } = parentOf(2)
    children.tellWatching('starting')
    await children.firstServing
    children.tellWatching('running')
    const states = () => lines.filter(({ kind }) => kind === 'watching').map(({ state }) => state)
    await until(() => states().filter((state) => state === 'running').length === 2)
    process.kill(served[1] as number, 'SIGKILL')
    await until(() => states().filter((state) => state === 'running').length === 3)
  })
})
