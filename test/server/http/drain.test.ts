import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
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

/** A request whose connection is to be kept. */
const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

/** A server whose answers the test gives; closing connections by force is noted. */
async function held() {
  const responses: ServerResponse[] = []
  let wake: () => void = () => {}
  const server: Server = createServer((_request, response) => {
    responses.push(response)
    wake()
  })
  // so that nothing but the drain closes what is idle
  server.keepAliveTimeout = 0
  const drain = drainable(server)
  const force = vi.spyOn(server, 'closeAllConnections')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  /** Resolves when so many requests have come. */
  const asked = async (count: number): Promise<void> => {
    while (responses.length < count)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
  }
  const connected = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return socket
  }
  /** Begins to stop; resolves when it accepts nothing new. */
  const stop = async (): Promise<{ stopped: Promise<void> }> => {
    const stopped = drain()
    while (server.listening) await setImmediate()
    return { stopped }
  }
  return { responses, asked, connected, stop, force }
}

describe('a server that stops', () => {
  it('gives the answers it owes, with the word that the connection ends, and closes one that never asked', async () => {
    const { responses, asked, connected, stop, force } = await held()
    const [owed, silent] = [await connected(), await connected()]
    const answers = [owed, silent].map((socket) => text(socket))
    owed.write(REQUEST)
    await asked(1)
    const { stopped } = await stop()
    expect(await answers[1]).toBe('')
    responses[0]?.end('owed')
    await stopped
    expect(force).not.toHaveBeenCalled()
    expect(await answers[0]).toMatch(/\r\nconnection: close\r\n.*owed/is)
  })

  it('answers what comes meanwhile on connections it has, and closes those that are idle then', async () => {
    const { responses, asked, connected, stop, force } = await held()
    const [owed, kept, idle] = [await connected(), await connected(), await connected()]
    const answers = [owed, kept, idle].map((socket) => text(socket))
    for (const [at, socket] of [idle, kept, owed].entries()) {
      socket.write(REQUEST)
      await asked(at + 1)
      if (socket !== owed) responses[at]?.end('before')
    }
    const { stopped } = await stop()
    kept.write(REQUEST)
    await Promise.race([asked(4), once(kept, 'close')])
    expect(responses).toHaveLength(4)
    responses[3]?.end('meanwhile')
    responses[2]?.end('owed')
    await stopped
    expect(force).not.toHaveBeenCalled()
    const [first = '', second = '', third = ''] = await Promise.all(answers)
    expect(first).toMatch(/\r\nconnection: close\r\n.*owed/is)
    expect(second).toMatch(/before.*\r\nconnection: close\r\n.*meanwhile/is)
    expect(third).toMatch(/before$/)
  })

  it('cuts no answer off that is handed over but not sent yet', async () => {
    const length = 32 << 20
    const { responses, asked, connected, stop, force } = await held()
    const socket = await connected()
    socket.pause()
    socket.write(REQUEST)
    await asked(1)
    responses[0]?.end('x'.repeat(length))
    const { stopped } = await stop()
    const answer = await text(socket)
    await stopped
    expect(force).not.toHaveBeenCalled()
    expect(answer.length - answer.indexOf('\r\n\r\n') - 4).toBe(length)
  })
})
