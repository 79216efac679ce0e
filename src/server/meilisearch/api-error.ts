import { indexNotFoundError, statusOf, type TaskError, taskError, unsupportedError } from '../../registry/task-error.ts'

/** An error on Meilisearch's routes: its codes, its words, its shape. The language of this interface is English. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  /** The status of HTTP. */
  readonly status: number
  /** As it stands in the answer. */
  readonly body: TaskError
  /** Further headers of the answer. */
  readonly headers: Readonly<Record<string, string>>

  constructor(code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.code = code
    this.status = statusOf(code)
    this.body = taskError(code, message)
    this.headers = headers
  }
}

const apiError = ({ code, message }: TaskError): ApiError => new ApiError(code, message)

export const indexNotFound = (uid: string): ApiError => apiError(indexNotFoundError(uid))

/** What Meilisearch has and Fundstelle has not, and never takes in silence. */
export const unsupported = (what: string): ApiError => apiError(unsupportedError(what))
