// The thread that searches, as it was built; a search for “end” ends it.
import { parentPort } from 'node:worker_threads'

await import('../../dist/search-threads/thread.js')
parentPort.on('message', (message) => {
  if (message.kind === 'call' && message.args[0]?.q === 'end') process.exit(1)
})
