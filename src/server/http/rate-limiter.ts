const MINUTE_MS = 60_000

/** Clients that are remembered; beyond that the one longest unheard of is forgotten. */
const CLIENTS_MAX = 50_000

/** What a limiter says to one request. Seconds are whole and rounded up. */
export interface Turn {
  readonly allowed: boolean
  /** Requests that may follow at once. */
  readonly remaining: number
  /** Until all of them are there again. */
  readonly resetSeconds: number
  /** Until the next one may come; 0 where it may at once. */
  readonly waitSeconds: number
}

/**
 * Counts requests by clients: each may make a number of them at once, and they come back evenly over a minute (the generic cell rate
 * algorithm: one moment is kept a client, that at which all would be there again). Its memory is bounded, however many clients come.
 */
export class RateLimiter {
  readonly #clock: () => number
  readonly #clientsMax: number
  /** When all requests of a client are there again; the client heard of longest ago first. */
  readonly #freeAt = new Map<string, number>()

  /** @param clock milliseconds that only grow */
  constructor(clock: () => number = () => performance.now(), clientsMax = CLIENTS_MAX) {
    this.#clock = clock
    this.#clientsMax = clientsMax
  }

  /** Takes one request of a client who may make `perMinute`. A refused one is not counted. */
  take(client: string, perMinute: number): Turn {
    const now = this.#clock()
    const each = MINUTE_MS / perMinute
    const freeAt = Math.max(now, this.#freeAt.get(client) ?? now)
    const next = freeAt + each
    // a hair for what adding fractions loses
    const allowed = next - now <= MINUTE_MS + TOLERANCE_MS
    const after = allowed ? next : freeAt
    this.#freeAt.delete(client)
    this.#freeAt.set(client, after)
    if (this.#freeAt.size > this.#clientsMax) this.#forget()
    const remaining = Math.max(0, Math.floor((MINUTE_MS + TOLERANCE_MS - (after - now)) / each))
    return {
      allowed,
      remaining,
      resetSeconds: Math.ceil((after - now) / 1000),
      waitSeconds: remaining > 0 ? 0 : Math.max(1, Math.ceil((after + each - now - MINUTE_MS) / 1000)),
    }
  }

  /** Clients that are remembered. */
  get size(): number {
    return this.#freeAt.size
  }

  #forget(): void {
    for (const client of this.#freeAt.keys()) {
      this.#freeAt.delete(client)
      return
    }
  }
}

const TOLERANCE_MS = 1e-6

/** Of an answer, as draft-ietf-httpapi-ratelimit-headers has them. */
export const rateHeaders = (name: string, perMinute: number, turn: Turn): Readonly<Record<string, string>> => ({
  'ratelimit-policy': `"${name}";q=${perMinute};w=60`,
  ratelimit: `"${name}";r=${turn.remaining};t=${turn.resetSeconds}`,
  ...(!turn.allowed && { 'retry-after': String(turn.waitSeconds) }),
})
