import { once } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import type { AnswerSettings } from '../../src/config.ts'
import { NO_RULES, type Rules } from '../../src/rules.ts'
import type { FromThread, ThreadEvent, ThreadStatus } from '../../src/search-threads/messages.ts'
import { SearchThread } from '../../src/search-threads/search-thread.ts'
import { serveThread } from '../../src/search-threads/serve-thread.ts'
import { SharedSnapshots } from '../../src/search-threads/shared-snapshots.ts'

export const PLAIN: AnswerSettings = { recencyDays: null, prefersGerman: true }

export interface Talk {
  readonly thread: SearchThread
  readonly events: ThreadEvent[]
  /** Every answer that came, also those that nobody waits for. */
  readonly answers: Extract<FromThread, { kind: 'answer' }>[]
  /** Every status that was told, in order. */
  readonly statuses: ThreadStatus[]
  /** Resolves when the serving side has opened its index. */
  readonly opened: Promise<void>
  /** Resolves when the serving side has closed its port. */
  readonly closed: Promise<unknown>
  /** Waits until something that was told makes `condition` true. */
  until(condition: () => boolean): Promise<void>
}

export interface TalkOptions {
  readonly rules?: Rules
  readonly timeoutMs?: number
  readonly build?: () => Promise<void>
  readonly snapshots?: SharedSnapshots
}

/** Both sides of a thread that searches, with a real channel between them; the index is that of a cache folder. Closed with the test. */
export function talking(cache: string, options: TalkOptions = {}): Talk {
  const { port1, port2 } = new MessageChannel()
  const events: ThreadEvent[] = []
  const answers: Extract<FromThread, { kind: 'answer' }>[] = []
  const statuses: ThreadStatus[] = []
  let wake: () => void = () => {}
  const noBuild = (): Promise<void> => Promise.reject(new Error('nothing is to be built here'))
  const thread = new SearchThread(port1, {
    event(event) {
      events.push(event)
      wake()
    },
    changed() {
      statuses.push(thread.status as ThreadStatus)
      wake()
    },
    build: options.build ?? noBuild,
    snapshots: options.snapshots ?? new SharedSnapshots(),
  })
  port1.on('message', (message: FromThread) => {
    if (message.kind !== 'answer') return
    answers.push(message)
    wake()
  })
  const closed = once(port1, 'close')
  const { rules = NO_RULES, timeoutMs = 30_000 } = options
  const opened = serveThread(port2, { cache, rules, answers: PLAIN, timeoutMs })
  onTestFinished(async () => {
    thread.close()
    await closed
  })
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { thread, events, answers, statuses, opened, closed, until }
}

/** The same as soon as it can answer. */
export async function answering(cache: string, options: TalkOptions = {}): Promise<Talk> {
  const talk = talking(cache, options)
  await talk.until(() => talk.thread.status?.ready === true)
  return talk
}
