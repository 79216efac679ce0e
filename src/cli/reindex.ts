import { FundstelleError } from '../errors.ts'
import { ArticleStore } from '../store/article-store.ts'
import { asOnlyWriter, writeToCluster } from './cluster-place.ts'
import { rebuildIfOfTasks } from './cluster-rebuild.ts'
import type { Command } from './command.ts'
import { placed } from './index-place.ts'
import { stopSignal } from './stop.ts'

const GRACE_SECONDS_MAX = 86_400

export const reindexCommand: Command = {
  name: 'reindex',
  usage: '',
  summary: {
    de: 'baut den Index im Cluster aus dem Artikelspeicher neu (einen, der über HTTP geschrieben wird, aus sich selbst), neben dem alten, und tauscht ihn dann aus',
    en: 'builds the index in the cluster anew from the article store (one that is written over HTTP from itself), beside the old one, and then swaps it',
  },
  options: [
    {
      name: 'grace',
      value: 'SECONDS',
      help: {
        de: 'so lange bleibt der alte Index danach noch, für laufende Suchen und für Server der Version davor (30)',
        en: 'the old index stays for so long after that, for searches that have begun and servers of the version before (30)',
      },
    },
  ],
  settings: [
    'cache',
    'index',
    'rules',
    'engine',
    'opensearchUrl',
    'opensearchShards',
    'opensearchReplicas',
    'language',
  ],
  arity: [0, 0],
  async run({ config: given, options, terminal }) {
    if (given.cluster === null) throw notNeeded()
    const graceMs = graceOf(options.get('grace')?.at(-1))
    const stop = stopSignal()
    const { cluster } = given
    if (!(await rebuildIfOfTasks(cluster, given, terminal, stop, graceMs))) {
      const config = placed(given, false)
      if (!ArticleStore.exists(config.cache)) throw new FundstelleError('cache_missing', { path: config.cache })
      await asOnlyWriter(cluster, config.index, terminal, stop, (lease) =>
        writeToCluster('rebuild', cluster, config, lease, terminal, stop, graceMs),
      )
    }
    terminal.out(terminal.say({ de: 'Der Index ist neu gebaut.', en: 'The index has been built anew.' }))
    return 0
  },
}

function graceOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,5}$/.test(text) && Number(text) <= GRACE_SECONDS_MAX) return Number(text) * 1000
  const expected = {
    de: `eine ganze Zahl von 0 bis ${GRACE_SECONDS_MAX}`,
    en: `a whole number from 0 to ${GRACE_SECONDS_MAX}`,
  }
  throw new FundstelleError('bad_value', { name: '--grace', got: text, expected })
}

/** Nobody has to run it there: whoever opens a cache folder sees to it. */
function notNeeded(): FundstelleError {
  const problem = {
    de: '„reindex“ ist für einen Index im Cluster (FUNDSTELLE_ENGINE=opensearch). Den Index im Cache-Ordner bauen „index“ und „serve“ selbst neu, sobald er von einer anderen Analyse ist; „check“ prüft ihn',
    en: '“reindex” is for an index in a cluster (FUNDSTELLE_ENGINE=opensearch). That in the cache folder “index” and “serve” build anew by themselves once it is of another analysis; “check” verifies it',
  }
  return new FundstelleError('usage', { problem })
}
