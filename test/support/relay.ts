import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A way to another address that can be cut and mended. */
export interface Relay {
  readonly url: string
  /** Ends all connections, and takes no more. */
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

export async function relayTo(url: string): Promise<Relay> {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  let server: Server | undefined
  let own = 0
  const mend = async (): Promise<void> => {
    server = createServer((socket) => {
      const other = connect(Number(port), hostname)
      for (const one of [socket, other]) {
        open.add(one)
        one.on('close', () => open.delete(one))
        // the other end has gone away: so does this one
        one.on('error', () => {})
      }
      socket.pipe(other).pipe(socket)
    }).listen(own, '127.0.0.1')
    await once(server, 'listening')
    own = (server.address() as AddressInfo).port
  }
  const cut = async (): Promise<void> => {
    const closed = server === undefined ? undefined : once(server, 'close')
    server?.close()
    server = undefined
    for (const socket of open) socket.destroy()
    await closed
  }
  await mend()
  return { url: `http://127.0.0.1:${own}`, cut, mend, close: cut }
}
