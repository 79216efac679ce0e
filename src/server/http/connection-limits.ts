import type { Server, ServerOptions } from 'node:http'

/**
 * How long a connection may take, for Node's server: slow clients would otherwise keep it busy with nothing.
 * Lenient parsing stays off: what two servers could read differently is refused.
 */
export const CONNECTION_LIMITS = {
  /** Until the head of a request is there. */
  headersTimeout: 10_000,
  /** Until all of it is: a large body over a slow line. */
  requestTimeout: 300_000,
  keepAliveTimeout: 10_000,
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
