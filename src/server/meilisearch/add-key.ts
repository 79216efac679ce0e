import type { ApiKey } from '../../registry/key-table.ts'
import type { ServedRegistry } from '../../registry/served-registry.ts'
import { ApiError } from './api-error.ts'

/** Each is kept in memory with its value. */
const KEYS_MAX = 10_000

/** @throws ApiError `api_key_already_exists`, `too_many_api_keys` */
export async function addKey(registry: ServedRegistry, key: ApiKey): Promise<void> {
  await registry.changeKeys((keys) => {
    if (keys.get(key.uid) !== undefined)
      throw new ApiError('api_key_already_exists', `\`uid\` field value \`${key.uid}\` is already an existing API key.`)
    if (keys.count >= KEYS_MAX)
      throw new ApiError('too_many_api_keys', `There are ${KEYS_MAX} API keys already, and no more can be made.`)
    keys.add(key)
  })
}
