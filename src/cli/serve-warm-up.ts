import type { Logger } from 'pino'
import type { SearchService } from '../search/service.ts'
import type { Sample } from '../search-threads/search-threads.ts'
import { type AppDependencies, createApp } from '../server/app.ts'
import { warmUp } from '../server/warm-up.ts'

/**
 * The first requests of their kinds, of one thread. Nobody asked for them: what they take or lack is not told, and no failure of theirs keeps
 * the server from serving.
 */
export async function warmedUp(
  dependencies: AppDependencies,
  service: SearchService,
  samples: () => Promise<readonly Sample[]>,
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  const onError = (error: unknown): void => log.error({ err: error }, 'a request made before the start failed')
  try {
    const app = createApp({
      ...dependencies,
      service,
      ready: () => true,
      onDegraded: () => {},
      onAnswered: () => {},
      onError,
    })
    await warmUp(app, await samples(), stop)
  } catch (error) {
    onError(error)
  }
}
