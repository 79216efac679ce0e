import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { NO_RULES } from '../../src/rules.ts'
import { type WorkerMessage, watchInBackground } from '../../src/update/background.ts'

/** Watches the folder `artikel` below `root` in a thread, until the test ends. */
export function watching(root: string, cache: string, by: URL) {
  const messages: WorkerMessage[] = []
  const ends: unknown[] = []
  let wake: () => void = () => {}
  const watch = watchInBackground(
    { cache, rules: NO_RULES, paths: [join(root, 'artikel')], maxFileBytes: 100_000, drafts: false, base: null },
    {
      message(message) {
        messages.push(message)
        wake()
      },
      ended(error) {
        ends.push(error)
        wake()
      },
    },
    by,
  )
  onTestFinished(() => watch.close())
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { watch, messages, ends, until }
}
