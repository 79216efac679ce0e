import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { reasonOf } from '../errors.ts'

/** What is asked of the file system here; tests let it fail. */
export interface PathCalls {
  realpath(path: string): string
  stat(path: string): { readonly dev: number; readonly ino: number; readonly birthtimeMs: number }
  /** Throws where the path cannot be read. */
  access(path: string): void
}

const SYSTEM: PathCalls = {
  realpath: (path) => realpathSync(path),
  stat: (path) => statSync(path),
  access: (path) => accessSync(path, constants.R_OK),
}

/** What is at a PATH. */
export interface PathState {
  readonly path: string
  /** Changes with the file or folder that is at the path, and with the error where it cannot be read. */
  readonly identity: string
  /** What there is to watch, links resolved; null where nothing can be read. */
  readonly target: string | null
  /** Why it cannot be read; null where it can, and where it is simply missing: of that every update tells. */
  readonly error: unknown
}

/** Looks at a PATH. Never throws: a mount that is lost, links in a circle and what changes between two calls are states as well. */
export function stateOf(path: string, calls: PathCalls = SYSTEM): PathState {
  try {
    const target = calls.realpath(path)
    const { dev, ino, birthtimeMs } = calls.stat(target)
    calls.access(target)
    return { path, identity: `${target} ${dev} ${ino} ${birthtimeMs}`, target, error: null }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException | undefined)?.code ?? reasonOf(error)
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR'
    return { path, identity: `${path} ${code}`, target: null, error: isMissing ? null : error }
  }
}
