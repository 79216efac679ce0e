import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * The value of a key: HMAC-SHA256 of its uid by the master key, in hexadecimal digits. Nothing secret is stored; whoever moves from
 * Meilisearch with the same master key and uids keeps the values.
 */
export const keyValue = (masterKey: string, uid: string): string =>
  createHmac('sha256', masterKey).update(uid).digest('hex')

/** Known to this process alone. */
const blinding = randomBytes(32)

/** Stands for a secret where secrets are looked up: who does not know the blinding learns nothing from how long a look-up takes. */
export const blinded = (secret: string): string => createHmac('sha256', blinding).update(secret).digest('base64')

/** Whether two secrets are the same, in a time that tells nothing of where they differ. */
export const isSameSecret = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(blinded(one)), Buffer.from(blinded(other)))
