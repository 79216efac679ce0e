import type { ApiKey } from './key-table.ts'
import type { ChangeableKeys } from './served-registry.ts'

/** Keys in memory: a copy of what is kept elsewhere, to read or to change and write back. */
export class KeyList implements ChangeableKeys {
  /** The newest first. */
  readonly #keys: ApiKey[]
  #version: number

  constructor(keys: readonly ApiKey[] = [], version = 0) {
    this.#keys = [...keys]
    this.#version = version
  }

  get version(): number {
    return this.#version
  }

  get count(): number {
    return this.#keys.length
  }

  get(uid: string): ApiKey | undefined {
    return this.#keys.find((key) => key.uid === uid)
  }

  all(): readonly ApiKey[] {
    return [...this.#keys]
  }

  add(key: ApiKey): void {
    const at = this.#keys.findIndex(({ createdAt }) => createdAt <= key.createdAt)
    this.#keys.splice(at < 0 ? this.#keys.length : at, 0, key)
    this.#version += 1
  }

  change(uid: string, { name, description, updatedAt }: Pick<ApiKey, 'name' | 'description' | 'updatedAt'>): void {
    const at = this.#keys.findIndex((key) => key.uid === uid)
    if (at >= 0) this.#keys[at] = { ...(this.#keys[at] as ApiKey), name, description, updatedAt }
    this.#version += 1
  }

  remove(uid: string): void {
    const at = this.#keys.findIndex((key) => key.uid === uid)
    if (at >= 0) this.#keys.splice(at, 1)
    this.#version += 1
  }
}
