import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Handover, type Taker } from '../../src/processes/handover.ts'

let server: Server
let handover: Handover
let clients: Socket[] = []
beforeEach(async () => {
  handover = new Handover()
  clients = []
  server = createServer({ pauseOnConnect: true }, (socket) => handover.give(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => {
  for (const client of clients) client.destroy()
  handover.close()
  server.close()
})

/** A client that is connected, and what it reads. */
async function client(): Promise<{ socket: Socket; closed: Promise<unknown> }> {
  const given = once(server, 'connection')
  const socket = connect((server.address() as { port: number }).port, '127.0.0.1')
  socket.on('error', () => {})
  clients.push(socket)
  const closed = once(socket, 'close')
  await given
  return { socket, closed }
}

/** A process that remembers what it was given; its channel may be closed. */
function taker(isOpen = true) {
  const given: { id: number; socket: Socket }[] = []
  const it: Taker = {
    send({ id }, socket, done) {
      if (isOpen) given.push({ id, socket })
      done(isOpen ? null : new Error('channel closed'))
    },
  }
  return Object.assign(it, { given })
}

describe('connections that are handed over', () => {
  test('go to each process in turn', async () => {
    const [one, other] = [taker(), taker()]
    handover.join(one)
    handover.join(other)
    for (let i = 0; i < 5; i++) await client()
    expect([one.given.length, other.given.length]).toEqual([3, 2])
  })

  test('wait while there is no process that takes them', async () => {
    await client()
    await client()
    expect(handover.open).toBe(2)
    const late = taker()
    handover.join(late)
    expect(late.given).toHaveLength(2)
  })

  test('stay open here until they are taken, and then are the other one’s alone', async () => {
    const one = taker()
    handover.join(one)
    const { closed } = await client()
    const [given] = one.given as [{ id: number; socket: Socket }]
    expect([given.socket.destroyed, handover.open]).toEqual([false, 1])
    handover.taken(given.id)
    expect([given.socket.destroyed, handover.open]).toEqual([true, 0])
    // here nobody else holds it
    await closed
  })

  test('that a process has not taken when it ends are given to another, and nobody notices', async () => {
    const [dying, living] = [taker(), taker()]
    handover.join(dying)
    const first = await client()
    await client()
    handover.taken((dying.given[0] as { id: number }).id)
    await first.closed
    handover.leave(dying)
    expect(handover.open).toBe(1)
    handover.join(living)
    expect(living.given).toHaveLength(1)
    expect(living.given[0]?.socket.destroyed).toBe(false)
    // what the one that has ended may have said late counts for nothing
    handover.taken((dying.given[1] as { id: number }).id)
    expect(living.given[0]?.socket.destroyed).toBe(false)
  })

  test('that cannot be sent any more go to another at once', async () => {
    const [closed, living] = [taker(false), taker()]
    handover.join(closed)
    handover.join(living)
    await client()
    await client()
    expect(living.given).toHaveLength(2)
    expect(handover.open).toBe(2)
  })

  test('are closed where the server ends', async () => {
    const { closed } = await client()
    handover.close()
    await closed
    expect(handover.open).toBe(0)
  })
})
