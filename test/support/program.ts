import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

export interface Finished {
  /** Null where a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

/** A running `fundstelle`; it is ended with its test at the latest. */
export interface Program {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly out: string
  readonly err: string
  readonly finished: Promise<Finished>
  /** Waits until standard output or standard error (`where`) matches; fails where the program ends before. */
  until(where: 'out' | 'err', pattern: RegExp): Promise<RegExpMatchArray>
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<Finished>
}

/** Starts the built program with these words, in an environment without settings but those given. */
export function start(
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
  main = MAIN,
  lifetimeMs = LIFETIME_MS,
): Program {
  const program = launch(words, env, lifetimeMs, main)
  onTestFinished(async () => {
    await program.end('SIGKILL')
  })
  return program
}

/** Nothing runs longer, even where a test is given up. */
const LIFETIME_MS = 180_000
const FILE_LIFETIME_MS = 600_000

function launch(words: readonly string[], env: NodeJS.ProcessEnv, lifetimeMs = LIFETIME_MS, main = MAIN): Program {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(FUNDSTELLE_|PORT$|NO_COLOR$|FORCE_COLOR$)/.test(name),
  )
  const child = spawn(process.execPath, [main, ...words], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: lifetimeMs,
    killSignal: 'SIGKILL',
  })
  const texts = { out: '', err: '' }
  let changed: () => void = () => {}
  for (const [name, stream] of [
    ['out', child.stdout],
    ['err', child.stderr],
  ] as const) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text
      changed()
    })
  }
  // a program that ends without reading its input is no failure of the test
  child.stdin.on('error', () => {})
  let over = false
  const finished = once(child, 'close').then(([code, signal]) => {
    over = true
    changed()
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, ...texts }
  })
  const end = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<Finished> => {
    if (!over) child.kill(signal)
    return finished
  }
  return {
    child,
    finished,
    end,
    get out() {
      return texts.out
    },
    get err() {
      return texts.err
    },
    async until(where, pattern) {
      for (;;) {
        const match = texts[where].match(pattern)
        if (match !== null) return match
        if (over) throw new Error(`ended before ${pattern}: ${JSON.stringify(texts)}`)
        await new Promise<void>((resolve) => {
          changed = resolve
        })
      }
    },
  }
}

/** Runs the built program to its end. */
export function run(
  words: readonly string[],
  options: { env?: NodeJS.ProcessEnv; input?: string; main?: string } = {},
): Promise<Finished> {
  const program = launch(words, options.env ?? {}, LIFETIME_MS, options.main)
  program.child.stdin.end(options.input ?? '')
  return program.finished
}

export interface Served extends Program {
  readonly url: string
  /** `totalHits` of a query; fails where the answer is no 200. */
  hits(query: string): Promise<number>
}

/** Starts `serve` on a free port and waits for its address. */
export function serve(cache: string, ...words: readonly string[]): Promise<Served> {
  return answering(start(['serve', '--cache', cache, '--port', '0', ...words]))
}

/** The same with another build of the program. */
export function serveWith(main: string, cache: string): Promise<Served> {
  return answering(start(['serve', '--cache', cache, '--port', '0'], {}, main))
}

/** The same for all tests of a file; whoever starts it ends it. */
export function serveForAll(
  cache: string,
  ...[first, ...others]: readonly [] | readonly [NodeJS.ProcessEnv | string, ...string[]]
): Promise<Served> {
  const env = typeof first === 'object' ? first : {}
  const words = typeof first === 'string' ? [first, ...others] : others
  return answering(launch(['serve', '--cache', cache, '--port', '0', ...words], env, FILE_LIFETIME_MS))
}

async function answering(program: Program): Promise<Served> {
  const [url] = await program.until('out', /http:\/\/\S+/)
  const hits = async (query: string): Promise<number> => {
    const response = await fetch(`${url}/search?limit=1&foldDuplicates=none&q=${encodeURIComponent(query)}`)
    const answer = (await response.json()) as { totalHits: number }
    if (response.status !== 200) throw new Error(`${response.status}: ${JSON.stringify(answer)}`)
    return answer.totalHits
  }
  // the getters of the program must stay getters
  return Object.create(program, { url: { value: url }, hits: { value: hits } }) as Served
}

/** Asks until the condition holds; gives the milliseconds it took. Fails after `deadlineMs`. */
export async function poll(condition: () => Promise<boolean>, deadlineMs: number): Promise<number> {
  const started = performance.now()
  for (;;) {
    if (await condition()) return performance.now() - started
    if (performance.now() - started > deadlineMs) throw new Error(`not within ${deadlineMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export const isReady =
  (served: Served): (() => Promise<boolean>) =>
  async () =>
    (await fetch(`${served.url}/ready`)).status === 200
