import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { clientAddress } from '../../../src/server/http/client-address.ts'

/** Whom a request with these headers, over a connection from this address, counts for. */
async function counted(
  trusted: readonly string[],
  remoteAddress: string | undefined,
  forwarded?: string,
): Promise<string> {
  const addressOf = clientAddress(trusted)
  const app = new Hono().get('/', (c) => c.text(addressOf(c)))
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  const response = await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } })
  return response.text()
}

describe('the address of a client', () => {
  it('is that of the connection', async () => {
    expect(await counted([], '203.0.113.1')).toBe('203.0.113.1')
    expect(await counted([], '::ffff:203.0.113.1')).toBe('203.0.113.1')
    expect(await counted([], undefined)).toBe('')
  })

  it('is not what a header says that nobody vouches for', async () => {
    expect(await counted([], '203.0.113.1', '198.51.100.1')).toBe('203.0.113.1')
    expect(await counted(['10.0.0.0/8'], '203.0.113.1', '198.51.100.1')).toBe('203.0.113.1')
  })

  it('is what a trusted proxy says', async () => {
    expect(await counted(['10.0.0.0/8'], '10.1.2.3', '198.51.100.1')).toBe('198.51.100.1')
    expect(await counted(['10.0.0.0/8'], '::ffff:10.1.2.3', '198.51.100.1:4711')).toBe('198.51.100.1')
    expect(await counted(['127.0.0.1'], '127.0.0.1', undefined)).toBe('127.0.0.1')
  })

  it('is the last one that is no trusted proxy: before it the client writes what it likes', async () => {
    expect(await counted(['10.0.0.0/8'], '10.1.2.3', '1.1.1.1, 198.51.100.1, 10.9.9.9')).toBe('198.51.100.1')
    expect(await counted(['10.0.0.0/8'], '10.1.2.3', '10.0.0.1, 198.51.100.1')).toBe('198.51.100.1')
  })

  it.each(['', 'unknown', '<script>', '198.51.100.1, unknown', '999.1.1.1', 'x'.repeat(10_000)])(
    'is the proxy where it says something that is no address: %j',
    async (forwarded) => {
      expect(await counted(['10.1.2.3'], '10.1.2.3', forwarded)).toBe('10.1.2.3')
    },
  )

  it('is one for a whole network of 64 bits, however it is spelt', async () => {
    const spellings = [
      '2001:db8:0:7::1',
      '2001:0DB8:0000:0007:ffff:ffff:ffff:ffff',
      '2001:db8:0:7::',
      '2001:db8:0:7:1:2:3.4.5.6',
    ]
    for (const spelling of spellings) expect(await counted([], spelling)).toBe('2001:db8:0:7::/64')
    expect(await counted([], '2001:db8:0:8::1')).toBe('2001:db8:0:8::/64')
    expect(await counted([], '::1')).toBe('0:0:0:0::/64')
    expect(await counted([], 'fe80::1%eth0')).toBe('fe80:0:0:0::/64')
    expect(await counted(['::1'], '::1', '[2001:db8::5]:443')).toBe('2001:db8:0:0::/64')
  })
})
