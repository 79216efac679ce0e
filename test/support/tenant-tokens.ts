import { createHmac } from 'node:crypto'

const HASHES = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' } as const

const encoded = (value: unknown, encoding: BufferEncoding = 'utf8'): string =>
  Buffer.from(JSON.stringify(value), encoding).toString('base64url')

/** A token as sites make them; the JavaScript client leaves umlauts in ISO-8859-1. */
export function tenantToken(
  secret: string,
  claims: unknown,
  alg: keyof typeof HASHES = 'HS256',
  header: object = {},
  encoding: BufferEncoding = 'utf8',
): string {
  const signed = `${encoded({ alg, typ: 'JWT', ...header })}.${encoded(claims, encoding)}`
  return `${signed}.${createHmac(HASHES[alg], secret).update(signed).digest('base64url')}`
}

/** A token with a header of one's own choice, and no signature. */
export const unsignedToken = (claims: unknown, header: object): string => `${encoded(header)}.${encoded(claims)}.`
