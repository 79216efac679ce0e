import { describe, expect, it } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { refusalOf } from '../../src/opensearch/cluster.ts'
import { patiently } from '../../src/opensearch/patience.ts'

const why = { de: 'nicht zu erreichen', en: 'cannot be reached' }
const noAnswer = new FundstelleError('engine_unavailable', { why })

/** Does work that fails with these errors in turn; gives what came of it, and how long was waited. */
async function worked(errors: readonly unknown[], signal?: AbortSignal) {
  const left = [...errors]
  const waited: number[] = []
  const work = async (): Promise<string> => {
    if (left.length > 0) throw left.shift()
    return 'done'
  }
  const wait = async (ms: number): Promise<void> => {
    waited.push(ms)
  }
  const outcome = await patiently(work, signal, wait).catch((error: unknown) => error)
  return { outcome, waited }
}

describe('work that a cluster fails at', () => {
  it('is done again, after longer and longer, where that may pass', async () => {
    const errors = [noAnswer, refusalOf(503, undefined), refusalOf(429, undefined)]
    expect(await worked(errors)).toEqual({ outcome: 'done', waited: [200, 400, 800] })
  })

  it('is given up after a while', async () => {
    const { outcome, waited } = await worked(Array.from({ length: 20 }, () => noAnswer))
    expect([outcome, waited]).toEqual([noAnswer, [200, 400, 800, 1600, 3200, 6400, 8000]])
  })

  it.each([[refusalOf(400, undefined)], [refusalOf(404, undefined)], [new TypeError('a fault of ours')]])(
    'is not done again after %s',
    async (error) => {
      expect(await worked([error])).toEqual({ outcome: error, waited: [] })
    },
  )

  it('is not done again once it is not wanted any more', async () => {
    const { outcome, waited } = await worked([noAnswer], AbortSignal.abort('enough'))
    expect([outcome, waited]).toEqual(['enough', []])
  })
})
