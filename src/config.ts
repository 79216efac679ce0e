import { availableParallelism } from 'node:os'
import { rangesNamed } from './address-ranges.ts'
import { FundstelleError, type Language, type Localized } from './errors.ts'

/** Everything that can be set, resolved once at the start and passed on. */
export interface Config {
  readonly port: number
  readonly host: string
  /** The folder of the store and the snapshots. */
  readonly cache: string
  /** The folder of the registry, and of all indexes: `cache` lies in it where another index than the site's own articles is in use. */
  readonly root: string
  /** The index in use. */
  readonly index: string
  /** What `fundstelle start` indexes. */
  readonly articles: readonly string[]
  readonly maxFileBytes: number
  /** Whether drafts and whatever else is not public are read in as well. */
  readonly drafts: boolean
  /** The address of the site that the files read are of, or null. */
  readonly base: string | null
  /** The file of the site owner's rules, if there is one. */
  readonly rules: string | null
  /** Origins of other sites whose pages may ask, or `*` alone for all. */
  readonly allowedOrigins: readonly string[]
  readonly answers: AnswerSettings
  /** How many threads of a server search. */
  readonly threads: number
  /** How many processes share the port. */
  readonly processes: number
  /** How many searches may wait for each of them. */
  readonly queue: number
  /** Requests that take so long are written down; 0 for none. */
  readonly slowMs: number
  /** Whether it is written down, too, what was searched for. */
  readonly logQueries: boolean
  /** The secret that opens everything, or null; `masterKeyOf` of `master-key.ts` reads and checks it. Shown to nobody. */
  readonly masterKey: string | null
  /** The file that has it instead. */
  readonly masterKeyFile: string | null
  /** Requests a minute and address; 0 for any number. */
  readonly rateLimit: number
  /** Addresses and ranges of proxies that are believed whom they ask for. */
  readonly trustedProxies: readonly string[]
  /** Whether Fundstelle's own pages and searches need a key too. */
  readonly private: boolean
  /** The OpenSearch cluster that the index is in; null where it is in this machine's cache folder. */
  readonly cluster: ClusterSettings | null
  /** Of messages on the command line. */
  readonly language: Language
}

/** Where a cluster is, and how it lets this process in. */
export interface ClusterSettings {
  /** Of one node or several; a name and a password may stand in them. Shown to nobody. */
  readonly urls: readonly string[]
  /** Instead of these. Shown to nobody. */
  readonly apiKey: string | null
  /** A file with the certificate (PEM) of the authority that signed those of the nodes, where it is none of the usual ones. */
  readonly caFile: string | null
  /** Of an index that is built anew. */
  readonly shards: number
  /** Copies of each shard beside the first. */
  readonly replicas: number
}

/**
 * The settings that answers depend on. What one asks for again is told that nothing changed only while all of them are the same: a
 * further setting of this kind belongs here, and needs no more (test/cli/config.test.ts asks of each setting which kind it is).
 */
export interface AnswerSettings {
  /** After so many days newer articles are preferred half as much; null for no preference. */
  readonly recencyDays: number | null
  /** Whether articles in other languages count less than German ones where a query is not in another language itself. */
  readonly prefersGerman: boolean
}

/** One setting: an option of the command line, an environment variable, or both. */
export interface Setting {
  readonly option: string | null
  readonly env: string
  /** What stands for the value in the help; null where the option is a switch. */
  readonly value: string | null
  readonly fallback: string
  readonly help: Localized
}

export const SETTINGS = {
  port: {
    option: 'port',
    env: 'FUNDSTELLE_PORT',
    value: 'N',
    fallback: '3000',
    help: {
      de: 'Port des Servers; ohne FUNDSTELLE_PORT gilt PORT',
      en: 'port of the server; PORT counts without FUNDSTELLE_PORT',
    },
  },
  host: {
    option: 'host',
    env: 'FUNDSTELLE_HOST',
    value: 'HOST',
    fallback: '127.0.0.1',
    help: { de: 'Adresse, auf der der Server horcht', en: 'address the server listens on' },
  },
  cache: {
    option: 'cache',
    env: 'FUNDSTELLE_CACHE',
    value: 'DIR',
    fallback: 'index-cache',
    help: { de: 'Ordner für Artikelspeicher und Index', en: 'folder of the article store and the index' },
  },
  index: {
    option: 'index',
    env: 'FUNDSTELLE_INDEX',
    value: 'NAME',
    fallback: 'articles',
    help: {
      de: 'welcher Index gemeint ist, wo es mehrere gibt',
      en: 'which index is meant where there are several',
    },
  },
  articles: {
    option: null,
    env: 'FUNDSTELLE_ARTICLES',
    value: 'PATH',
    fallback: 'seeds',
    help: { de: 'was „start“ einliest', en: 'what “start” indexes' },
  },
  maxFileMb: {
    option: 'max-file-mb',
    env: 'FUNDSTELLE_MAX_FILE_MB',
    value: 'N',
    fallback: '10',
    help: {
      de: 'größere Dateien werden abgelehnt (MB), in JSON Lines größere Zeilen',
      en: 'larger files are refused (MB), in JSON lines longer lines',
    },
  },
  drafts: {
    option: 'drafts',
    env: 'FUNDSTELLE_DRAFTS',
    value: null,
    fallback: '',
    help: {
      de: 'nimmt auch auf, was nicht öffentlich ist: Entwürfe, Privates, noindex, Geplantes, Abgelaufenes',
      en: 'takes in what is not public as well: drafts, private, noindex, scheduled, expired',
    },
  },
  base: {
    option: 'base',
    env: 'FUNDSTELLE_BASE',
    value: 'URL',
    fallback: '',
    help: {
      de: 'Adresse der Website, deren Seiten eingelesen werden: https://www.beispiel.de',
      en: 'address of the site whose pages are read: https://www.example.org',
    },
  },
  rules: {
    option: 'rules',
    env: 'FUNDSTELLE_RULES',
    value: 'FILE',
    fallback: '',
    help: {
      de: 'eigene Regeln: Wörter, Synonyme, Stoppwörter, Artikel oben oder versteckt',
      en: 'own rules: words, synonyms, stop words, articles at the top or hidden',
    },
  },
  allowOrigin: {
    option: 'allow-origin',
    env: 'FUNDSTELLE_ALLOW_ORIGIN',
    value: 'ORIGIN',
    fallback: '',
    help: {
      de: 'Websites, deren Seiten suchen dürfen: https://www.beispiel.de, mehrere mit Komma, „*“ für alle',
      en: 'sites whose pages may search: https://www.example.org, several with commas, “*” for all',
    },
  },
  recency: {
    option: 'recency',
    env: 'FUNDSTELLE_RECENCY',
    value: 'DAYS',
    fallback: '',
    help: {
      de: 'zieht neue Artikel sanft vor; nach so vielen Tagen halb so sehr',
      en: 'prefers new articles gently; after so many days half as much',
    },
  },
  preferGerman: {
    option: 'prefer-german',
    env: 'FUNDSTELLE_PREFER_GERMAN',
    value: '1|0',
    fallback: '1',
    help: {
      de: 'zieht deutsche Artikel solchen in anderen Sprachen vor, außer bei fremdsprachigen Suchen; 0: nein',
      en: 'prefers German articles to those in other languages, but for queries in those; 0: no',
    },
  },
  threads: {
    option: 'threads',
    env: 'FUNDSTELLE_THREADS',
    value: 'N',
    fallback: '',
    help: {
      de: 'Threads, die suchen, je Prozess; ohne Angabe einer weniger als Prozessorkerne, einer bis acht',
      en: 'threads that search, of each process; unless given one less than processor cores, from one to eight',
    },
  },
  processes: {
    option: 'processes',
    env: 'FUNDSTELLE_PROCESSES',
    value: 'N',
    fallback: '1',
    help: {
      de: 'Prozesse auf demselben Port, jeder mit eigenen Threads und eigenem Index; 0: einer je Prozessorkern',
      en: 'processes on the same port, each with threads and an index of its own; 0: one a processor core',
    },
  },
  queue: {
    option: 'queue',
    env: 'FUNDSTELLE_QUEUE',
    value: 'N',
    fallback: '64',
    help: {
      de: 'so viele Suchen dürfen je Thread warten; weitere werden sofort abgewiesen (503)',
      en: 'so many searches may wait for each thread; further ones are refused at once (503)',
    },
  },
  slowMs: {
    option: 'slow-ms',
    env: 'FUNDSTELLE_SLOW_MS',
    value: 'N',
    fallback: '1000',
    help: {
      de: 'Anfragen, die so lange dauern (ms), stehen im Protokoll; 0: keine',
      en: 'requests that take so long (ms) are logged; 0: none',
    },
  },
  logQueries: {
    option: 'log-queries',
    env: 'FUNDSTELLE_LOG_QUERIES',
    value: null,
    fallback: '',
    help: {
      de: 'bei solchen auch, wonach gesucht wurde; sonst steht es nirgends',
      en: 'with what was searched for; else that is written nowhere',
    },
  },
  masterKey: {
    // no option: what stands on the command line everybody on the machine can read
    option: null,
    env: 'FUNDSTELLE_MASTER_KEY',
    value: 'KEY',
    fallback: '',
    help: {
      de: 'Hauptschlüssel: ohne ihn kann über HTTP niemand schreiben; mindestens 16 Zeichen',
      en: 'master key: without it nobody can write over HTTP; at least 16 characters',
    },
  },
  masterKeyFile: {
    option: 'master-key-file',
    env: 'FUNDSTELLE_MASTER_KEY_FILE',
    value: 'FILE',
    fallback: '',
    help: { de: 'Datei, in der er stattdessen steht', en: 'file that has it instead' },
  },
  private: {
    option: 'private',
    env: 'FUNDSTELLE_PRIVATE',
    value: null,
    fallback: '',
    help: {
      de: 'auch Seite und Suche brauchen einen Schlüssel',
      en: 'page and search need a key as well',
    },
  },
  rateLimit: {
    option: 'rate-limit',
    env: 'FUNDSTELLE_RATE_LIMIT',
    value: 'N',
    fallback: '0',
    help: {
      de: 'Anfragen je Minute und Adresse; 0: beliebig viele',
      en: 'requests a minute and address; 0: any number',
    },
  },
  trustedProxies: {
    option: 'trusted-proxies',
    env: 'FUNDSTELLE_TRUSTED_PROXIES',
    value: 'ADDRESS',
    fallback: '',
    help: {
      de: 'Proxys, deren X-Forwarded-For gilt: Adressen, Bereiche wie 10.0.0.0/8, „loopback“, „private“',
      en: 'proxies whose X-Forwarded-For counts: addresses, ranges such as 10.0.0.0/8, “loopback”, “private”',
    },
  },
  engine: {
    option: null,
    env: 'FUNDSTELLE_ENGINE',
    value: 'embedded|opensearch',
    fallback: 'embedded',
    help: {
      de: 'wo der Index ist: hier oder in einem OpenSearch-Cluster',
      en: 'where the index is: here or in a cluster',
    },
  },
  opensearchUrl: {
    // no option: it may have a password in it
    option: null,
    env: 'FUNDSTELLE_OPENSEARCH_URL',
    value: 'URL',
    fallback: '',
    help: {
      de: 'Adresse dieses Clusters; mehrere Knoten mit Komma',
      en: 'address of that cluster; several nodes with commas',
    },
  },
  opensearchApiKey: {
    // no option: others on the machine see those
    option: null,
    env: 'FUNDSTELLE_OPENSEARCH_API_KEY',
    value: 'KEY',
    fallback: '',
    help: {
      de: 'API-Schlüssel für diesen Cluster, statt Name und Passwort in der Adresse',
      en: 'API key for that cluster, instead of name and password in its address',
    },
  },
  opensearchShards: {
    option: null,
    env: 'FUNDSTELLE_OPENSEARCH_SHARDS',
    value: 'N',
    fallback: '1',
    help: {
      de: 'in so viele Teile zerlegt der Cluster einen Index, der neu gebaut wird',
      en: 'the cluster parts an index that is built anew into so many',
    },
  },
  opensearchReplicas: {
    option: null,
    env: 'FUNDSTELLE_OPENSEARCH_REPLICAS',
    value: 'N',
    fallback: '1',
    help: {
      de: 'so viele Kopien hat jeder Teil eines solchen Index, auf anderen Knoten',
      en: 'each part of such an index has so many copies, on other nodes',
    },
  },
  opensearchCa: {
    option: null,
    env: 'FUNDSTELLE_OPENSEARCH_CA',
    value: 'FILE',
    fallback: '',
    help: {
      de: 'Zertifikat der Stelle (PEM), die seine Zertifikate ausgestellt hat',
      en: 'certificate (PEM) of the authority that signed its certificates',
    },
  },
  language: {
    option: 'lang',
    env: 'FUNDSTELLE_LANG',
    value: 'de|en',
    fallback: 'de',
    help: { de: 'Sprache der Meldungen', en: 'language of messages' },
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS

/** Each thread that searches has an index of its own: more of them are there only where somebody asks for them. */
const THREADS_DEFAULT_MAX = 8

const PROCESSES_MAX = 64

/** Names that other parts or later versions know; they are no reason for a warning. */
const OTHER_NAMES = new Set<string>()

/**
 * Resolves the settings: an option beats its variable, that beats the default.
 * @param options values of options of the command line, by the option's name
 * @throws FundstelleError `bad_value`
 */
export function readConfig(options: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv): Config {
  const found = (name: SettingName): SettingValue => {
    const { option, env: variable, fallback } = SETTINGS[name]
    const optioned = option === null ? undefined : options[option]
    const given = optioned ?? env[variable]
    if (given) return { text: given, from: optioned === undefined ? variable : `--${option}` }
    if (name === 'port' && env['PORT']) return { text: env['PORT'], from: 'PORT' }
    return { text: fallback, from: variable }
  }
  const value = (name: SettingName): string => found(name).text
  const processes = wholeNumber(found('processes'), 0, PROCESSES_MAX) || Math.min(PROCESSES_MAX, availableParallelism())
  return {
    port: wholeNumber(found('port'), 0, 65_535),
    host: value('host'),
    cache: value('cache'),
    root: value('cache'),
    index: indexOf(found('index')),
    // an empty part would be the folder one is in
    articles: value('articles')
      .split(process.platform === 'win32' ? ';' : ':')
      .filter((path) => path !== ''),
    maxFileBytes: wholeNumber(found('maxFileMb'), 1, 1024) * 1024 * 1024,
    drafts: switchOf(found('drafts')),
    base: siteOf(found('base')),
    rules: value('rules') || null,
    allowedOrigins: originsOf(found('allowOrigin')),
    answers: {
      recencyDays: value('recency') === '' ? null : wholeNumber(found('recency'), 1, 100_000),
      prefersGerman: switchOf(found('preferGerman')),
    },
    threads:
      value('threads') === ''
        ? Math.min(THREADS_DEFAULT_MAX, Math.max(1, Math.floor(availableParallelism() / processes) - 1))
        : wholeNumber(found('threads'), 1, 64),
    processes,
    queue: wholeNumber(found('queue'), 1, 10_000),
    slowMs: wholeNumber(found('slowMs'), 0, 3_600_000),
    logQueries: switchOf(found('logQueries')),
    masterKey: value('masterKey') || null,
    masterKeyFile: value('masterKeyFile') || null,
    private: switchOf(found('private')),
    rateLimit: wholeNumber(found('rateLimit'), 0, 1_000_000),
    trustedProxies: proxiesOf(found('trustedProxies')),
    cluster: clusterOf(found('engine'), found('opensearchUrl'), {
      apiKey: value('opensearchApiKey') || null,
      caFile: value('opensearchCa') || null,
      shards: wholeNumber(found('opensearchShards'), 1, 256),
      replicas: wholeNumber(found('opensearchReplicas'), 0, 10),
    }),
    language: languageOf(found('language')),
  }
}

/** Variables that look like ours and mean nothing: most likely misspelt. */
export function unknownVariables(env: NodeJS.ProcessEnv): string[] {
  const known = new Set<string>([...Object.values(SETTINGS).map((setting) => setting.env), ...OTHER_NAMES])
  return Object.keys(env).filter((name) => name.startsWith('FUNDSTELLE_') && !known.has(name))
}

/** A value and where it comes from, for errors. */
interface SettingValue {
  readonly text: string
  readonly from: string
}

function wholeNumber({ text, from }: SettingValue, least: number, most: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  const expected = { de: `eine ganze Zahl von ${least} bis ${most}`, en: `a whole number from ${least} to ${most}` }
  throw new FundstelleError('bad_value', { name: from, got: text, expected })
}

/** Origins as browsers send them: scheme, host and port, nothing behind. */
function originsOf({ text, from }: SettingValue): string[] {
  const names = text.split(/[\s,]+/).filter((name) => name !== '')
  return names.map((name) => {
    if (name === '*') return name
    if (/^https?:\/\/[^*]+$/.test(name) && URL.canParse(name)) {
      const { origin, href } = new URL(name)
      // written otherwise it is the same: with a slash, in capitals, with a port that goes without saying, with an umlaut
      if (href === `${origin}/`) return origin
    }
    const expected = {
      de: 'Anfänge von Adressen wie https://www.beispiel.de, durch Kommas getrennt, oder *',
      en: 'beginnings of addresses such as https://www.example.org, parted by commas, or *',
    }
    throw new FundstelleError('bad_value', { name: from, got: name, expected })
  })
}

function clusterOf(
  engine: SettingValue,
  addresses: SettingValue,
  others: Omit<ClusterSettings, 'urls'>,
): ClusterSettings | null {
  if (engine.text === 'embedded') return null
  if (engine.text !== 'opensearch') {
    const expected = { de: 'embedded oder opensearch', en: 'embedded or opensearch' }
    throw new FundstelleError('bad_value', { name: engine.from, got: engine.text, expected })
  }
  const urls = addresses.text.split(/[\s,]+/).filter((url) => url !== '')
  if (urls.length > 0 && urls.every((url) => /^https?:\/\//i.test(url) && URL.canParse(url))) return { urls, ...others }
  const expected = {
    de: 'die Adresse eines OpenSearch-Clusters wie https://suche.beispiel.de:9200',
    en: 'the address of an OpenSearch cluster such as https://search.example.org:9200',
  }
  // an address may have a password in it: it is shown to nobody
  throw new FundstelleError('bad_value', { name: addresses.from, got: urls.length === 0 ? '' : '…', expected })
}

function proxiesOf({ text, from }: SettingValue): string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '')
  return words.flatMap((word) => {
    const ranges = rangesNamed(word)
    if (ranges !== undefined) return ranges
    const expected = {
      de: 'Adressen oder Bereiche wie 10.0.0.0/8, durch Kommas getrennt, „loopback“ oder „private“',
      en: 'addresses or ranges such as 10.0.0.0/8, parted by commas, “loopback” or “private”',
    }
    throw new FundstelleError('bad_value', { name: from, got: word, expected })
  })
}

/** An address below which pages lie: no query, nothing behind `#`. */
function siteOf({ text, from }: SettingValue): string | null {
  if (text === '') return null
  if (/^https?:\/\//i.test(text) && !/[?#\s]/.test(text) && URL.canParse(text)) return new URL(text).href
  const expected = { de: 'eine Adresse wie https://www.beispiel.de', en: 'an address such as https://www.example.org' }
  throw new FundstelleError('bad_value', { name: from, got: text, expected })
}

/** A name as Meilisearch's routes take them. */
function indexOf({ text, from }: SettingValue): string {
  if (/^[\w-]{1,512}$/.test(text)) return text
  const expected = {
    de: 'ein Name aus Buchstaben ohne Umlaute, Ziffern, - und _',
    en: 'a name of letters without umlauts, digits, - and _',
  }
  throw new FundstelleError('bad_value', { name: from, got: text, expected })
}

function switchOf({ text, from }: SettingValue): boolean {
  const word = text.toLowerCase()
  if (['1', 'true', 'yes', 'on', 'ja', 'an'].includes(word)) return true
  if (['', '0', 'false', 'no', 'off', 'nein', 'aus'].includes(word)) return false
  throw new FundstelleError('bad_value', {
    name: from,
    got: text,
    expected: { de: '1 oder 0', en: '1 or 0' },
  })
}

function languageOf({ text, from }: SettingValue): Language {
  if (text === 'de' || text === 'en') return text
  throw new FundstelleError('bad_value', { name: from, got: text, expected: { de: 'de oder en', en: 'de or en' } })
}
