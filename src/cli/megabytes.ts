import type { Localized } from '../errors.ts'
import type { Terminal } from './terminal.ts'

const MEGABYTE = 1_000_000

/** At least a tenth of one. */
export function megabytes(bytes: number): Localized {
  const en = (Math.ceil(bytes / (MEGABYTE / 10)) / 10).toFixed(1)
  return { de: en.replace('.', ','), en }
}

/** Shows in megabytes how far something is. */
export const megabyteProgress =
  (terminal: Terminal, label: Localized) =>
  (done: number, total: number): void =>
    terminal.progress(label, Math.ceil(Math.min(done, total) / MEGABYTE), Math.ceil(total / MEGABYTE))
