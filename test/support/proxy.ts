import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ClusterProxy {
  readonly url: string
  close(): Promise<void>
}

/**
 * Passes requests on to another address.
 * @param treatment what becomes of one: it is passed on, it is never answered, or it is passed on and its connection ends instead of an answer
 */
export async function proxyTo(
  url: string,
  treatment: (incoming: IncomingMessage) => 'pass' | 'hold' | 'lose the answer',
): Promise<ClusterProxy> {
  const server = createServer((incoming, outgoing) => {
    const kind = treatment(incoming)
    if (kind === 'hold') return
    const { method, headers } = incoming
    const onward = request(new URL(incoming.url ?? '/', url), { method, headers }, (answer) => {
      if (kind === 'lose the answer') {
        answer.resume().on('end', () => outgoing.destroy())
        return
      }
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(outgoing)
    })
    // who has ended is answered no more
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
