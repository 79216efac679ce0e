import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { drainable } from '../../../src/server/http/drain.ts'

it('requests that were sent before the end are answered, even where nobody had accepted their connections yet', async () => {
  const server = createServer((_request, response) => response.end('angekommen'))
  const drain = drainable(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const sockets = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'))
  // the kernel takes connections before the program knows of them
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  const answers = sockets.map((socket) => text(socket))
  for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  await drain()
  for (const answer of await Promise.all(answers)) expect(answer).toContain('angekommen')
})
