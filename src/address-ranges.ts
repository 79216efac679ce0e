import { BlockList, isIP } from 'node:net'

/** Names for the ranges that people mean by them. */
const NAMED: ReadonlyMap<string, readonly string[]> = new Map([
  ['loopback', ['127.0.0.0/8', '::1']],
  ['private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10']],
])

/** The ranges that a word stands for: itself where it is an address or a range (`10.0.0.0/8`); undefined where it is neither. */
export function rangesNamed(word: string): readonly string[] | undefined {
  const named = NAMED.get(word.toLowerCase())
  if (named !== undefined) return named
  const [address = '', bits, ...more] = word.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return undefined
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
    ? [word]
    : undefined
}

/** @returns whether an address is in one of these ranges; what is no address never is */
export function inRanges(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => {
    const family = isIP(address)
    return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }
}

/** Whether only this machine can reach a server that listens there. */
export const isLoopback = (host: string): boolean =>
  host.toLowerCase() === 'localhost' || loopback(host.replace(/^\[|\]$/g, ''))

const loopback = inRanges(NAMED.get('loopback') ?? [])
