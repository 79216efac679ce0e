import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ApiError } from '../../../src/server/meilisearch/api-error.ts'
import { apiRoutes } from '../../../src/server/meilisearch/routes.ts'
import { apiContext, MASTER_KEY } from '../../support/api-context.ts'

test('documents for which a full queue has no room are refused before they are read', async () => {
  const asked: number[] = []
  const context = apiContext({
    mustHaveRoom(bytes) {
      asked.push(bytes)
      throw new ApiError('too_many_requests', 'full')
    },
  })
  let read = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        read += 1
        controller.enqueue(Buffer.from('{"id":1}\n'))
      },
    },
    { highWaterMark: 0 },
  )
  const headers = {
    authorization: `Bearer ${MASTER_KEY}`,
    'content-type': 'application/x-ndjson',
    'content-length': '12345',
  }
  const sent = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
  expect((await apiRoutes(context).request('/indexes/b/documents', sent)).status).toBe(429)
  expect([read, asked]).toEqual([0, [12345]])
  // a body that is too large for any queue is refused as that, not as one to be sent again
  const large = { ...sent, headers: { ...headers, 'content-length': String(context.bodyBytesMax * 2) } } as RequestInit
  await apiRoutes(context).request('/indexes/b/documents', large)
  expect(asked[1]).toBe(context.bodyBytesMax)
  expect(readdirSync(context.payloads).filter((name) => name.endsWith('.ndjson'))).toEqual([])
})
