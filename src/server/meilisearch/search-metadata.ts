import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import type { NamedIndex } from '../../registry/index-table.ts'

/**
 * What names a search for programs that count them; only where the request asks for it.
 * @returns members of its answer
 */
export function metadataMembers(c: Context, { uid, primaryKey }: NamedIndex, now: Date): [string, string][] {
  if (c.req.header('meili-include-metadata')?.toLowerCase() !== 'true') return []
  return [['metadata', JSON.stringify({ queryUid: uuidV7(now.getTime()), indexUid: uid, primaryKey })]]
}

/** A UUID of version 7 (RFC 9562): those that come later sort later. */
export function uuidV7(timeMs: number, random: Uint8Array = randomBytes(10)): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(timeMs, 0, 6)
  bytes.set(random, 6)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
