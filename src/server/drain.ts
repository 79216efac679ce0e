import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'

/** A client that reads its answer slower than this is no reason to go on for ever. */
const PATIENCE_MS = 10_000

/**
 * Watches a server's answers so that it can be stopped without cutting one off. Node's own `close` takes a connection for idle,
 * and cuts it, once an answer has been handed over but is not sent yet.
 * @returns a function that takes no more connections, waits until every answer has been sent, and resolves when all
 * connections are closed; after ten seconds the rest is cut off
 */
export function drainable(server: Server): () => Promise<void> {
  const running = new Set<ServerResponse>()
  const sockets = new Set<Socket>()
  let stopping = false
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
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
  return () => {
    stopping = true
    for (const response of running) if (!response.headersSent) response.setHeader('connection', 'close')
    return new Promise((resolve) => {
      const patience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
      // not the method of http.Server: that one would close what it takes for idle at once
      NetServer.prototype.close.call(server, () => {
        clearTimeout(patience)
        resolve()
      })
      closeIdle()
      // browsers open connections ahead of their need; Node does not take one for idle that never had a request
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    })
  }
}
