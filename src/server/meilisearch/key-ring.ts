import type { ApiKey } from '../../registry/key-table.ts'
import type { ApiContext } from './context.ts'
import { blinded, isSameSecret, keyValue } from './key-values.ts'

/** All keys of a server with their values, as they are in its registry now, whichever process changed them. */
export class KeyRing {
  readonly #context: Pick<ApiContext, 'registry'>
  readonly #masterKey: string
  readonly #values = new Map<string, string>()
  #keys: readonly ApiKey[] = []
  #byValue = new Map<string, ApiKey>()
  #origins: ReadonlySet<string> = new Set()
  #version: number | undefined

  constructor(context: Pick<ApiContext, 'registry'>, masterKey: string) {
    this.#context = context
    this.#masterKey = masterKey
  }

  isMasterKey(secret: string): boolean {
    return isSameSecret(secret, this.#masterKey)
  }

  /** The key that has this value; undefined for none. */
  withValue(secret: string): ApiKey | undefined {
    this.#update()
    const key = this.#byValue.get(blinded(secret))
    return key !== undefined && isSameSecret(secret, this.valueOf(key.uid)) ? key : undefined
  }

  withUid(uid: string): ApiKey | undefined {
    this.#update()
    return this.#keys.find((key) => key.uid === uid)
  }

  /** What opens things with a key, whether there is one or not. */
  valueOf(uid: string): string {
    return this.#values.get(uid) ?? keyValue(this.#masterKey, uid)
  }

  /** The newest first. */
  get all(): readonly ApiKey[] {
    this.#update()
    return this.#keys
  }

  /** Sites that some key is for; `*` where one is for all. */
  get origins(): ReadonlySet<string> {
    this.#update()
    return this.#origins
  }

  #update(): void {
    const { keys } = this.#context.registry
    const { version } = keys
    if (version === this.#version) return
    this.#keys = keys.all()
    const uids = new Set(this.#keys.map(({ uid }) => uid))
    for (const uid of this.#values.keys()) if (!uids.has(uid)) this.#values.delete(uid)
    for (const uid of uids) if (!this.#values.has(uid)) this.#values.set(uid, keyValue(this.#masterKey, uid))
    this.#byValue = new Map(this.#keys.map((key) => [blinded(this.valueOf(key.uid)), key]))
    this.#origins = new Set(this.#keys.flatMap(({ origins }) => origins ?? []))
    this.#version = version
  }
}

const rings = new WeakMap<ApiContext, KeyRing>()

/** The keys of a server; null where it has no master key, and so no keys. */
export function keyRingOf(context: ApiContext): KeyRing | null {
  if (context.masterKey === null) return null
  let ring = rings.get(context)
  if (ring === undefined) {
    ring = new KeyRing(context, context.masterKey)
    rings.set(context, ring)
  }
  return ring
}
