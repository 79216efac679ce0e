import { statSync, unwatchFile, watchFile } from 'node:fs'
import type { Logger } from 'pino'
import { FundstelleError } from '../errors.ts'
import { type OpenedRules, openRules } from '../index/open-rules.ts'

/** How often the file is looked at. */
const POLL_MS = 500

export interface RulesWatch {
  /** Looks no more, and waits for a change that is being taken over. */
  close(): Promise<void>
}

/**
 * Takes over the owner's rules whenever their file changes. A file that cannot be read, or has mistakes, is refused with each of them in
 * the log; the rules before stay in force.
 * @param path null where there is none
 * @param since `changedAt` before the rules were read that are in force: who changes the file meanwhile is heard too
 */
export function watchRules(
  path: string | null,
  log: Logger,
  since: number,
  apply: (changed: OpenedRules) => Promise<void>,
): RulesWatch {
  if (path === null) return { close: async () => {} }
  let running = Promise.resolve()
  const reload = async (): Promise<void> => {
    try {
      await apply(openRules(path))
      log.info({ path }, 'rules taken over')
    } catch (error) {
      if (error instanceof FundstelleError)
        log.warn({ code: error.code }, `${error.message} (the rules before stay in force)`)
      else log.error({ err: error }, 'taking over the rules failed')
    }
  }
  const onChange = (): void => {
    running = running.then(reload)
  }
  watchFile(path, { interval: POLL_MS, persistent: false }, onChange)
  if (changedAt(path) !== since) onChange()
  return {
    async close() {
      unwatchFile(path, onChange)
      await running
    },
  }
}

/** When a file was changed last, in milliseconds; 0 where there is none. */
export const changedAt = (path: string | null): number =>
  (path === null ? undefined : statSync(path, { throwIfNoEntry: false })?.mtimeMs) ?? 0
