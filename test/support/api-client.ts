import type { Json } from './json.ts'
import { type Program, poll, serveForAll, start } from './program.ts'

/** Of the servers of scenarios. */
export const MASTER_KEY = 'hauptschluessel-der-szenarien'

/** Only for what hangs: tasks that were held up are tried again after ten seconds at most. */
const IDLE_MS = 120_000

/** Where one server is killed another waits for half a minute whether it still lives. */
const CLUSTER_LIFETIME_MS = 600_000

/** What a request was answered with. */
export interface Answer {
  readonly status: number
  readonly body: Json
}

/** A real server, and requests to Meilisearch's routes that may do everything. */
export class ApiServer {
  readonly program: Pick<Program, 'child' | 'end' | 'err' | 'finished'>
  readonly url: string

  private constructor(program: Pick<Program, 'child' | 'end' | 'err' | 'finished'>, url: string) {
    this.program = program
    this.url = url
  }

  static async start(cache: string, env: NodeJS.ProcessEnv = {}): Promise<ApiServer> {
    const words = ['serve', '--cache', cache, '--port', '0', '--threads', '1']
    const program = start(words, { FUNDSTELLE_MASTER_KEY: MASTER_KEY, ...env })
    const [url] = await program.until('out', /http:\/\/\S+/)
    return new ApiServer(program, url as string)
  }

  /** One of several on a cluster; it goes with its test. */
  static async onCluster(url: string, ...words: readonly string[]): Promise<ApiServer> {
    const env = { FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: url, FUNDSTELLE_MASTER_KEY: MASTER_KEY }
    const program = start(['serve', '--port', '0', ...words], env, undefined, CLUSTER_LIFETIME_MS)
    const [address] = await program.until('out', /http:\/\/\S+/)
    return new ApiServer(program, address as string)
  }

  /** For all tests of a file; whoever starts it ends it. */
  static async forAll(cache: string, clusterUrl?: string): Promise<ApiServer> {
    const env = {
      FUNDSTELLE_MASTER_KEY: MASTER_KEY,
      ...(clusterUrl !== undefined && { FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: clusterUrl }),
    }
    const served = await serveForAll(cache, env, ...(clusterUrl === undefined ? ['--threads', '1'] : []))
    return new ApiServer(served, served.url)
  }

  /** @throws where no whole answer comes */
  async ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers: Record<string, string> = { authorization: `Bearer ${MASTER_KEY}` }
    if (body !== undefined) headers['content-type'] = 'application/json'
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }

  /** The body of an answer that has to be 200 or 202. */
  async get(path: string): Promise<Json> {
    const { status, body } = await this.ask('GET', path)
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  /** Resolves when no task waits or is in hand. */
  async idle(): Promise<void> {
    await poll(async () => (await this.get('/tasks?statuses=enqueued,processing&limit=1')).total === 0, IDLE_MS)
  }
}
