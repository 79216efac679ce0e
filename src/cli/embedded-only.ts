import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'

/**
 * For what does not work on a cluster yet: it would go on in the cache folder, and nobody would notice.
 * @throws FundstelleError `usage`
 */
export function mustBeEmbedded({ cluster }: Config, command: string): void {
  if (cluster === null) return
  const problem = {
    de: `„${command}“ geht noch nicht mit FUNDSTELLE_ENGINE=opensearch`,
    en: `“${command}” does not work with FUNDSTELLE_ENGINE=opensearch yet`,
  }
  throw new FundstelleError('usage', { problem })
}
