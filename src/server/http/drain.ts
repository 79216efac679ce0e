import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Grace period; connections still open after it are closed. */
const PATIENCE_MS = 10_000

/** One connection is accepted in a turn of the event loop; after so many turns without one nobody waits any more. */
const QUIET_TURNS = 3
/** As many connections as the kernel keeps waiting for Node, and some; under a flood of new ones the end still comes. */
const TURNS_MAX = 1000

/**
 * Watches a server's answers so that it can be stopped without cutting one off. Node's own `close` takes a connection for idle,
 * and cuts it, once an answer has been handed over but is not sent yet.
 * @returns a function that accepts the connections that wait already but no more, waits until every answer has been sent, and resolves when all
 * connections are closed; after ten seconds the rest is cut off
 */
export function drainable(server: Server): () => Promise<void> {
  const running = new Set<ServerResponse>()
  const sockets = new Set<Socket>()
  let stopping = false
  let onceEmpty = (): void => {}
  let quietTurns = 0
  server.on('connection', (socket: Socket) => {
    quietTurns = 0
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0) onceEmpty()
    })
  })
  server.prependListener('request', (_request, response) => {
    running.add(response)
    if (stopping) response.setHeader('connection', 'close')
    response.once('close', () => {
      running.delete(response)
      if (stopping) setImmediate(closeIdle)
    })
  })
  const closeIdle = (): void => {
    if (running.size === 0) server.closeIdleConnections()
  }
  return async () => {
    quietTurns = 0
    for (let turn = 0; turn < TURNS_MAX && quietTurns < QUIET_TURNS; turn++) {
      await nextTurn()
      quietTurns += 1
    }
    stopping = true
    for (const response of running) if (!response.headersSent) response.setHeader('connection', 'close')
    return new Promise((resolve) => {
      const patience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
      const over = (): void => {
        clearTimeout(patience)
        resolve()
      }
      // not the method of http.Server: that one would close what it takes for idle at once
      NetServer.prototype.close.call(server, () => {
        // connections that another process handed over are none of the server's own
        onceEmpty = over
        if (sockets.size === 0) over()
      })
      closeIdle()
      // browsers open connections ahead of their need; Node does not take one for idle that never had a request
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    })
  }
}
