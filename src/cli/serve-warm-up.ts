import type { Logger } from 'pino'
import type { EmbeddedEngine } from '../index/embedded-engine.ts'
import { type AppDependencies, createApp } from '../server/app.ts'
import { type Sample, warmUp } from '../server/warm-up.ts'
import { WorkBudget } from '../work-budget.ts'

/** The first requests of their kinds are made for so many articles, each with so many words. */
const ARTICLES_WARMED = 2
const WORDS_WARMED = 12

/** The first requests of their kinds. Nobody asked for them: what they take or lack is not told, and no failure of theirs keeps the server from serving. */
export async function warmedUp(
  dependencies: AppDependencies,
  engine: EmbeddedEngine,
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  const onError = (error: unknown): void => log.error({ err: error }, 'a request made before the start failed')
  const app = createApp({ ...dependencies, ready: () => true, onDegraded: () => {}, onError })
  try {
    await warmUp(app, await samplesOf(engine), stop)
  } catch (error) {
    onError(error)
  }
}

/** The newest articles, and the longest. */
function samplesOf(engine: EmbeddedEngine): Promise<Sample[]> {
  return engine.read(async (reader) => {
    const samples: Sample[] = []
    for (const id of engine.index.typicalArticles(ARTICLES_WARMED))
      samples.push({ id, words: (await reader.significantTerms(id, WORDS_WARMED)) ?? [] })
    return samples
  }, new WorkBudget())
}
