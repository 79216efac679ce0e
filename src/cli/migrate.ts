import { readConfig } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { migrateArticles } from './cluster-place.ts'
import type { Command } from './command.ts'
import { placed } from './index-place.ts'
import { stopSignal } from './stop.ts'

const DIRECTIONS = ['opensearch', 'embedded'] as const
type Direction = (typeof DIRECTIONS)[number]

export const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  summary: {
    de: 'kopiert die Artikel zwischen dem Cache-Ordner und einem OpenSearch-Cluster und vergleicht danach alle',
    en: 'copies the articles between the cache folder and an OpenSearch cluster, and compares all of them after that',
  },
  options: [
    {
      name: 'to',
      value: 'opensearch|embedded',
      help: {
        de: 'wohin: in den Cluster bei FUNDSTELLE_OPENSEARCH_URL oder von dort in den Cache-Ordner',
        en: 'where: to the cluster at FUNDSTELLE_OPENSEARCH_URL, or from there into the cache folder',
      },
    },
  ],
  settings: ['cache', 'index', 'rules', 'opensearchUrl', 'opensearchShards', 'opensearchReplicas', 'language'],
  arity: [0, 0],
  async run({ config: given, options, settings, terminal }) {
    const to = directionOf(options.get('to')?.at(-1))
    // whichever engine is in use: the cluster is one of the two that this is about
    const { cluster } = readConfig(settings, { ...process.env, FUNDSTELLE_ENGINE: 'opensearch' })
    if (cluster === null) throw new Error('no cluster')
    const config = placed(given, to === 'embedded')
    const { articles, checksum } = await migrateArticles(to, cluster, config, terminal, stopSignal())
    const next = {
      opensearch: {
        de: 'Jetzt FUNDSTELLE_ENGINE=opensearch setzen.',
        en: 'Now set FUNDSTELLE_ENGINE=opensearch.',
      },
      embedded: {
        de: 'Ohne FUNDSTELLE_ENGINE baut der nächste Start daraus den Index.',
        en: 'Without FUNDSTELLE_ENGINE the next start builds the index from them.',
      },
    }[to]
    terminal.out(
      terminal.say({
        de: `${articles} Artikel sind auf beiden Seiten gleich (Prüfsumme ${checksum.slice(0, 16)}). ${next.de}`,
        en: `${articles} articles are the same on both sides (checksum ${checksum.slice(0, 16)}). ${next.en}`,
      }),
    )
    return 0
  },
}

function directionOf(text: string | undefined): Direction {
  const direction = DIRECTIONS.find((one) => one === text)
  if (direction !== undefined) return direction
  if (text === undefined)
    throw new FundstelleError('missing_argument', { command: 'migrate', expected: '--to opensearch|embedded' })
  const expected = { de: DIRECTIONS.join(' oder '), en: DIRECTIONS.join(' or ') }
  throw new FundstelleError('bad_value', { name: '--to', got: text, expected })
}
