import { unpackError } from '../packed-error.ts'
import type { FoundIds } from './document-tasks.ts'
import type { FromTaskThread, ToTaskThread } from './messages.ts'

type Answer = Extract<ToTaskThread, { kind: 'ids' | 'ids-failed' }>

/** What a thread that carries out tasks asks the one that searches: which documents filters mean. */
export class WantedIds {
  readonly #tell: (message: FromTaskThread) => void
  readonly #signal: AbortSignal
  readonly #waiting = new Map<number, { resolve: (found: FoundIds) => void; reject: (error: Error) => void }>()
  #next = 0

  /** @param signal aborted, no answer is waited for any more */
  constructor(tell: (message: FromTaskThread) => void, signal: AbortSignal) {
    this.#tell = tell
    this.#signal = signal
  }

  /** The ids of the documents of an index that a filter allows. */
  of(indexUid: string, filter: unknown): Promise<FoundIds> {
    const id = this.#next++
    const signal = this.#signal
    let abort = (): void => {}
    return new Promise<FoundIds>((resolve, reject) => {
      signal.throwIfAborted()
      abort = () => reject(signal.reason)
      this.#waiting.set(id, { resolve, reject })
      signal.addEventListener('abort', abort)
      this.#tell({ kind: 'ids-wanted', id, indexUid, filter })
    }).finally(() => {
      this.#waiting.delete(id)
      signal.removeEventListener('abort', abort)
    })
  }

  got(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id)
    if (answer.kind === 'ids') waiting?.resolve(answer.found)
    else waiting?.reject(unpackError(answer.error))
  }
}
