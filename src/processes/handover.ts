import type { Socket } from 'node:net'

/** Who can be given a connection: a process that is told of it, together with the connection itself. */
export interface Taker {
  send(message: { kind: 'connection'; id: number }, socket: Socket, done: (error: Error | null) => void): void
}

/** So many connections wait where no process can take any; further ones are closed. */
const WAITING_MAX = 1024

/**
 * Hands connections over to processes in turn. A connection stays open here, unread, until a process says that it has taken it: one that was on its way to
 * a process that ended is given to another, and whoever is at its other end notices nothing.
 */
export class Handover {
  readonly #takers: Taker[] = []
  /** On their way, by number. */
  readonly #given = new Map<number, { readonly socket: Socket; readonly taker: Taker }>()
  #waiting: Socket[] = []
  #nextId = 0
  #turn = 0

  /** Connections that no process has taken yet. */
  get open(): number {
    return this.#waiting.length + this.#given.size
  }

  /** @param socket paused: nothing of it was read */
  give(socket: Socket): void {
    // whoever hangs up meanwhile has nothing to be told
    socket.on('error', () => {})
    if (this.#takers.length > 0) this.#handTo(this.#takers[this.#turn++ % this.#takers.length] as Taker, socket)
    else if (this.#waiting.length < WAITING_MAX) this.#waiting.push(socket)
    else socket.destroy()
  }

  /** A process takes connections from now on. */
  join(taker: Taker): void {
    this.#takers.push(taker)
    const waiting = this.#waiting
    this.#waiting = []
    for (const socket of waiting) this.give(socket)
  }

  /** It has a connection: only its own hold on it counts. */
  taken(id: number): void {
    this.#given.get(id)?.socket.destroy()
    this.#given.delete(id)
  }

  /** It takes none any more, and has not read what it was sent and has not taken. */
  leave(taker: Taker): void {
    const at = this.#takers.indexOf(taker)
    if (at >= 0) this.#takers.splice(at, 1)
    for (const [id, given] of [...this.#given])
      if (given.taker === taker) {
        this.#given.delete(id)
        this.give(given.socket)
      }
  }

  /** Closes what no process has taken. */
  close(): void {
    for (const { socket } of this.#given.values()) socket.destroy()
    for (const socket of this.#waiting) socket.destroy()
    this.#given.clear()
    this.#waiting = []
  }

  #handTo(taker: Taker, socket: Socket): void {
    const id = this.#nextId++
    this.#given.set(id, { socket, taker })
    taker.send({ kind: 'connection', id }, socket, (error) => {
      // its channel is closed: that it has ended is told soon
      if (error !== null && this.#given.has(id)) this.leave(taker)
    })
  }
}
