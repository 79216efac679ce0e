import { isIP } from 'node:net'
import type { Context } from 'hono'
import { inRanges } from '../../address-ranges.ts'

/** Which address a request comes from, in one spelling; '' where that is not known. */
export type AddressOf = (c: Context) => string

/** Hops of a request that are looked at. */
const HOPS_MAX = 32

/**
 * Proxies whose word is taken: `X-Forwarded-For` is read from its end, and the first address that is no such proxy is the client's. What
 * stands before that the client may have written itself.
 * @param trusted addresses and ranges (`10.0.0.0/8`, `::1`)
 */
export function clientAddress(trusted: readonly string[]): AddressOf {
  const isTrusted = inRanges(trusted)
  return (c) => {
    let address = plain(remoteAddress(c))
    if (!isTrusted(address)) return network(address)
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').slice(-HOPS_MAX)
    for (const hop of hops.reverse()) {
      const before = plain(hop.trim())
      // a proxy that writes something else is not understood: the last address that is certain counts
      if (isIP(before) === 0) break
      address = before
      if (!isTrusted(address)) break
    }
    return network(address)
  }
}

/** What Node's server knows of the connection. */
function remoteAddress(c: Context): string {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return env?.incoming?.socket?.remoteAddress ?? ''
}

/** An IPv4 address that came as IPv6, or with a port, as itself. */
function plain(address: string): string {
  const [, inner] = /^\[([0-9a-f:.]+)\](?::\d+)?$/i.exec(address) ?? []
  const bare = inner ?? (/^[\d.]+:\d+$/.test(address) ? (address.split(':')[0] as string) : address)
  const [, mapped] = /^::ffff:([\d.]+)$/i.exec(bare) ?? []
  return mapped !== undefined && isIP(mapped) === 4 ? mapped : bare
}

/** Who has one IPv6 address mostly has the 2^64 beside it: they count as one. */
function network(address: string): string {
  if (isIP(address) !== 6) return address
  const [left = '', right] = (address.split('%')[0] as string).toLowerCase().split('::')
  const groups = left === '' ? [] : left.split(':')
  const ends = right === undefined || right === '' ? [] : right.split(':')
  // an IPv4 address at the end takes two groups
  const width = ends.length + (ends.at(-1)?.includes('.') ? 1 : 0)
  const zeros = right === undefined ? 0 : Math.max(0, 8 - groups.length - width)
  const all = [...groups, ...Array<string>(zeros).fill('0'), ...ends]
  const first = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${first.join(':')}::/64`
}
