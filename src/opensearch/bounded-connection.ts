import { Connection, errors } from '@opensearch-project/opensearch'

/** An answer in bytes: what a cluster takes in one request (`http.max_content_length`) unless it is set otherwise, so that any one document comes back. */
const ANSWER_BYTES_MAX = 100 * 2 ** 20

/** A connection to a node that gives up an answer that is too large before it reads it. */
export class BoundedConnection extends Connection {
  override request(...[params, callback]: Parameters<Connection['request']>): ReturnType<Connection['request']> {
    return super.request(params, (error, response) => {
      const bytes = Number(response?.headers['content-length'] ?? 0)
      if (error !== null || response === null || bytes <= ANSWER_BYTES_MAX) {
        callback(error, response)
        return
      }
      response.destroy()
      callback(new errors.RequestAbortedError(`${bytes} bytes, ${ANSWER_BYTES_MAX} at most`), null)
    })
  }
}
