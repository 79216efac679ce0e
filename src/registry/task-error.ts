/** An error in Meilisearch's own shape, as it stands in answers and in tasks. */
export interface TaskError {
  readonly message: string
  readonly code: string
  readonly type: 'invalid_request' | 'internal' | 'auth' | 'system'
  readonly link: string
}

type ErrorType = TaskError['type']

const INVALID: readonly [status: number, type: ErrorType] = [400, 'invalid_request']

/** Codes whose status or type is another than that of most. */
const OTHERS: Readonly<Record<string, readonly [status: number, type: ErrorType]>> = {
  missing_authorization_header: [401, 'auth'],
  missing_master_key: [401, 'auth'],
  invalid_api_key: [403, 'auth'],
  api_key_not_found: [404, 'invalid_request'],
  api_key_already_exists: [409, 'invalid_request'],
  document_not_found: [404, 'invalid_request'],
  index_not_found: [404, 'invalid_request'],
  task_not_found: [404, 'invalid_request'],
  batch_not_found: [404, 'invalid_request'],
  not_found: [404, 'invalid_request'],
  not_found_similar_id: [404, 'invalid_request'],
  index_already_exists: [409, 'invalid_request'],
  payload_too_large: [413, 'invalid_request'],
  invalid_content_type: [415, 'invalid_request'],
  missing_content_type: [415, 'invalid_request'],
  too_many_search_requests: [503, 'system'],
  too_many_requests: [429, 'system'],
  no_space_left_on_device: [422, 'system'],
  io_error: [422, 'system'],
  unavailable: [503, 'system'],
  unretrievable_document: [400, 'internal'],
  internal: [500, 'internal'],
  unsupported_feature: [400, 'invalid_request'],
  not_on_cluster: [501, 'system'],
  feature_not_enabled: [400, 'invalid_request'],
  origin_not_allowed: [403, 'auth'],
}

/** The status of HTTP that a code becomes. */
export const statusOf = (code: string): number => (OTHERS[code] ?? INVALID)[0]

export const taskError = (code: string, message: string): TaskError => ({
  message,
  code,
  type: (OTHERS[code] ?? INVALID)[1],
  link: `https://docs.meilisearch.com/errors#${code}`,
})

export const indexNotFoundError = (uid: string): TaskError =>
  taskError('index_not_found', `Index \`${uid}\` not found.`)

/** What Meilisearch has and Fundstelle has not, and never takes in silence. */
export const unsupportedError = (what: string): TaskError =>
  taskError('unsupported_feature', `${what} is not supported by Fundstelle: see docs/MEILISEARCH.md.`)
