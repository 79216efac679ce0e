import { createServer, type Server } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Handover } from './handover.ts'

/** As in server/http/drain.ts: after so many turns of the event loop without a new connection nobody waits any more. */
const QUIET_TURNS = 3
const TURNS_MAX = 1000
/** Until processes have taken what came last. */
const HANDED_TURNS_MAX = 1000

/** The port of a server in several processes: what connects to it is handed over. */
export class SharedPort {
  /** Listens as soon as it is told to. */
  readonly server: Server
  readonly #handover: Handover
  #quietTurns = 0

  constructor(handover: Handover) {
    this.#handover = handover
    this.server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
      this.#quietTurns = 0
      handover.give(socket)
    })
  }

  /** Accepts what waits already, hands it over, and takes nothing more. */
  async close(): Promise<void> {
    this.#quietTurns = 0
    for (let turn = 0; turn < TURNS_MAX && this.#quietTurns < QUIET_TURNS; turn++) {
      await nextTurn()
      this.#quietTurns += 1
    }
    this.server.close()
    for (let turn = 0; turn < HANDED_TURNS_MAX && this.#handover.open > 0; turn++) await nextTurn()
  }
}
