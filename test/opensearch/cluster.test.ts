import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { Cluster } from '../../src/opensearch/cluster.ts'

it('gives a request up that nobody waits for any more, and nothing else comes of it', async () => {
  const controller = new AbortController()
  const reason = new Error('gone away')
  const server = createServer(() => controller.abort(reason)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cluster = new Cluster({ urls: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`] })
  const uncaught: unknown[] = []
  const note = (error: unknown): number => uncaught.push(error)
  process.on('uncaughtException', note)
  onTestFinished(async () => {
    process.off('uncaughtException', note)
    await cluster.close()
    server.closeAllConnections()
    server.close()
  })
  const ended = once(server, 'connection').then(([socket]) => once(socket, 'close'))
  await expect(cluster.send({ method: 'GET', path: '/', signal: controller.signal })).rejects.toBe(reason)
  await ended
  expect(uncaught).toEqual([])
})
