import type { Server, ServerOptions, ServerResponse } from 'node:http'

/** Clients are told that a connection on which nothing comes is kept for so long; proxies that listen to nobody give one up after a minute, too. */
const KEPT_SECONDS = 60
/** It is kept for longer: a request that is on its way when its client's time is about to end is answered, and not cut off. */
const KEPT_LONGER_MS = 5000

/**
 * How long a connection may take, for Node's server: slow clients would otherwise keep it busy with nothing.
 * Lenient parsing stays off: what two servers could read differently is refused.
 */
export const CONNECTION_LIMITS = {
  /** Until the head of a request is there. */
  headersTimeout: 10_000,
  /** Until all of it is: a large body over a slow line. */
  requestTimeout: 300_000,
  keepAliveTimeout: KEPT_SECONDS * 1000 + KEPT_LONGER_MS,
  connectionsCheckingInterval: 1000,
  /** Address and headers together. */
  maxHeaderSize: 16_384,
  insecureHTTPParser: false,
  requireHostHeader: true,
  joinDuplicateHeaders: false,
} as const satisfies ServerOptions

/** Longer than any search takes: then neither side has said anything. */
const SILENCE_MS = 60_000

/** Ends connections on which nothing happens, in the middle of a body too. */
export function endSilentConnections(server: Server, silenceMs = SILENCE_MS): void {
  server.setTimeout(silenceMs)
}

/** Tells clients for how long an idle connection is kept. Node would tell the very moment at which it ends one, and cut off what comes just then. */
export function tellHowLongKept(server: Server): void {
  server.prependListener('request', (_request, response: ServerResponse) =>
    response.setHeader('keep-alive', `timeout=${KEPT_SECONDS}`),
  )
}
