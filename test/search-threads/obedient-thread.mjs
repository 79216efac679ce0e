// A thread that does what it is told: what a pool does with its threads is tested without an index. The words of a search say what.
import { parentPort, threadId, workerData } from 'node:worker_threads'

const { rules } = workerData
let status = { ready: true, articles: 1, state: 'anfang', rules: rules.stopWords.join() }
const tell = (change) => {
  status = { ...status, ...change }
  parentPort.postMessage({ kind: 'status', status })
}

const ORDERS = {
  /** The number of the thread answers. */
  who: () => threadId,
  rules: () => status.rules,
  end: () => process.exit(1),
  crash: () => {
    throw new RangeError('out of something')
  },
  /** Stands at another state from now on. */
  state: (state) => tell({ state }),
  unready: () => tell({ ready: false }),
  /** Tells an event of the index. */
  event: (event) => parentPort.postMessage({ kind: 'event', event: JSON.parse(event) }),
}

parentPort.on('message', (message) => {
  if (message.kind === 'close') return parentPort.close()
  if (message.kind === 'reconfigure') {
    if (message.rules.stopWords.includes('end')) process.exit(0)
    if (message.rules.stopWords.includes('fault'))
      return parentPort.postMessage({
        kind: 'answer',
        id: message.id,
        error: { message: 'no', stack: '' },
        budget: null,
      })
    tell({ rules: message.rules.stopWords.join() })
    return parentPort.postMessage({ kind: 'answer', id: message.id, budget: null })
  }
  if (message.kind === 'built')
    return parentPort.postMessage({
      kind: 'event',
      event: { kind: 'failed', error: message.error ?? { message: 'built', stack: '' } },
    })
  if (message.kind !== 'call') return undefined
  const [{ q }] = message.args
  // is never answered
  if (q === 'wait') return undefined
  if (q === 'build') return parentPort.postMessage({ kind: 'build' })
  const [order, ...words] = q.split(' ')
  // outside of the listener, where it is what the thread ends with
  const value = JSON.stringify(ORDERS[order](words.join(' ')))
  parentPort.postMessage({ kind: 'answer', id: message.id, value, budget: message.budget })
  return undefined
})
tell({})
