import type { Server } from 'node:http'
import type pino from 'pino'
import type { Config } from '../config.ts'
import type { Parent } from '../processes/parent.ts'
import { ArticleStore } from '../store/article-store.ts'
import { watchInBackground } from '../update/background.ts'
import { watchDue } from '../update/due-watch.ts'
import { Supervisor } from '../update/supervise.ts'
import { IndexFolders } from './index-folders.ts'
import { rulesAt } from './index-place.ts'
import { logEnd, logMessage } from './serve-log.ts'
import type { Terminal } from './terminal.ts'

/** Publishes what is due in any index below a cache folder, until what this resolves to is called: names are swapped, and articles wait where they were. */
export async function publishing(root: string, log: pino.Logger, signal: AbortSignal): Promise<() => Promise<void>> {
  const indexes = new IndexFolders(root)
  const due = await watchDue({
    folders: () => indexes.all(),
    onPublished: (published) => log.info(published, 'articles whose time had come'),
    onError: (error) => log.error({ err: error }, 'articles whose time has come could not be taken in'),
    signal,
  })
  return async () => {
    await due.close()
    indexes.close()
  }
}

export function withStore(cache: string, use: (store: ArticleStore) => void): void {
  const store = ArticleStore.open(cache)
  try {
    use(store)
  } finally {
    store.close()
  }
}

/**
 * The thread that watches, started again whenever it ends.
 * @param onState is called whenever its state may have changed
 */
export function startWatch(
  config: Config,
  watched: readonly string[],
  log: pino.Logger,
  onState: () => void = () => {},
): Supervisor | undefined {
  if (watched.length === 0) return undefined
  const { cache, maxFileBytes, drafts, base } = config
  const rules = rulesAt(config)
  return new Supervisor(
    (began, ended) =>
      watchInBackground(
        { cache, rules, paths: watched, maxFileBytes, drafts, base },
        {
          message(message) {
            if (message.kind === 'started') {
              began()
              onState()
            }
            logMessage(message, log)
          },
          ended,
        },
      ),
    (end) => {
      logEnd(end, log)
      onState()
    },
  )
}

/**
 * The one line that whoever started the server waits for.
 * @param articles NaN where they cannot be told
 */
export function tellServing(terminal: Terminal, url: string, articles: number): void {
  if (articles === 0) {
    terminal.note(
      terminal.say({
        de: 'Der Index ist noch leer. Artikel kommen hinein mit „index PFAD“ oder über HTTP (docs/MEILISEARCH.md)',
        en: 'The index is still empty. Articles get in with “index PATH” or over HTTP (docs/MEILISEARCH.md)',
      }),
    )
  }
  terminal.out(terminal.say({ de: `Fundstelle antwortet auf ${url}`, en: `Fundstelle answers at ${url}` }))
}

/** Has a server answer connections that its parent hands over. */
export function takeConnections(server: Server, parent: Parent): void {
  // that is when a server begins to watch over its connections
  server.emit('listening')
  parent.accept((socket) => {
    server.emit('connection', socket)
    socket.resume()
  })
}
