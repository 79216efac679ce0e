import type { ApiKey } from '../../registry/key-table.ts'

/** A key as it is shown; what is Fundstelle's own stands there only where it says something. */
export function keyView(key: ApiKey, value: string): object {
  const { uid, name, description, actions, indexes, expiresAt, createdAt, updatedAt } = key
  return {
    name,
    description,
    key: value,
    uid,
    actions,
    indexes,
    expiresAt,
    createdAt,
    updatedAt,
    ...(key.origins !== null && { allowedOrigins: key.origins }),
    ...(key.perMinute !== null && { requestsPerMinute: key.perMinute }),
    ...(key.forced !== null && { searchParameters: key.forced }),
  }
}
