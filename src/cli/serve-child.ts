import { keepHeapsSmall } from '../heap-limits.ts'
import { packError } from '../packed-error.ts'
import type { FromChild, ToChild } from '../processes/messages.ts'
import { Parent } from '../processes/parent.ts'

// before modules are loaded
keepHeapsSmall()

/** One of several processes that serve; see serve-processes.ts for the one that started it. */
const stopping = new AbortController()
// Ctrl+C on a terminal reaches every process: the parent tells when to end
process.on('SIGINT', () => {})
process.once('SIGTERM', () => stopping.abort())
// without a parent nobody comes any more
process.on('disconnect', () => process.exit())

const send = (message: FromChild): void => void process.send?.(message)
const parent = new Parent(
  { send, on: (listener) => void process.on('message', listener as (message: unknown, handle: unknown) => void) },
  () => stopping.abort(),
)

process.on('message', (message: ToChild) => {
  if (message.kind === 'serve') void serve(message.config)
})

async function serve(config: Extract<ToChild, { kind: 'serve' }>['config']): Promise<void> {
  try {
    const { runServer } = await import('./serve.ts')
    const { createTerminal } = await import('./terminal.ts')
    // the parent tells what there is to tell
    const terminal = { ...createTerminal(config.language, process.env), out() {}, note() {} }
    await runServer(config, [], terminal, stopping.signal, parent)
  } catch (error) {
    send({ kind: 'failed', error: packError(error) })
    process.exitCode = 1
  } finally {
    process.disconnect()
  }
}

send({ kind: 'born' })
