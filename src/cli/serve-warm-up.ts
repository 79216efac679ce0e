import type { Logger } from 'pino'
import type { SearchThreads } from '../search-threads/search-threads.ts'
import { type AppDependencies, createApp } from '../server/app.ts'
import { warmUp } from '../server/warm-up.ts'

/**
 * The first requests of their kinds, of each thread. Nobody asked for them: what they take or lack is not told, and no failure of theirs keeps
 * the server from serving.
 */
export async function warmedUp(
  dependencies: AppDependencies,
  threads: SearchThreads,
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  const onError = (error: unknown): void => log.error({ err: error }, 'a request made before the start failed')
  try {
    const samples = await threads.samples()
    await Promise.all(
      threads.each.map((service) =>
        warmUp(
          createApp({ ...dependencies, service, ready: () => true, onDegraded: () => {}, onError }),
          samples,
          stop,
        ),
      ),
    )
  } catch (error) {
    onError(error)
  }
}
