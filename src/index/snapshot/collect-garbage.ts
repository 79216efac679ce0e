import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Has this thread's garbage collected now: one that waits for others allocates nothing and would keep the text of all files it has read.
 * Measured on 100,000 passages (61 MB): 818 MB at most in place of 1018.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('globalThis.gc') as (() => void) | undefined
  collect?.()
}
