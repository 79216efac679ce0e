import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { CONNECTION_LIMITS, tellHowLongKept } from '../../../src/server/http/connection-limits.ts'

test('an idle connection is kept for longer than its client is told', async () => {
  const server = createServer(CONNECTION_LIMITS, (_request, response) => response.writeHead(200, { a: 'b' }).end())
  tellHowLongKept(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => {
    agent.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const [response] = (await once(get({ port, host: '127.0.0.1', agent }), 'response')) as [IncomingMessage]
  response.resume()
  const told = response.rawHeaders.filter((_, at, all) => at % 2 === 1 && all[at - 1]?.toLowerCase() === 'keep-alive')
  expect(told).toEqual(['timeout=60'])
  expect(response.headers).toMatchObject({ connection: 'keep-alive', a: 'b' })
  expect(server.keepAliveTimeout).toBeGreaterThan(60_000)
})
