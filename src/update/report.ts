import type { FundstelleError } from '../errors.ts'
import type { LeftOut } from './left-out.ts'

/** Something that was not taken into the index, and why; or that was, but hardly as it was meant. */
export interface Refusal {
  /** The file, by the PATH given and its own path below it. */
  readonly file: string
  readonly line: number | null
  readonly error: FundstelleError
}

export interface UpdateReport {
  readonly files: { readonly read: number; readonly unchanged: number; readonly skipped: number; readonly gone: number }
  readonly added: number
  readonly changed: number
  readonly removed: number
  /** Read again and found the same. */
  readonly same: number
  readonly refusals: readonly Refusal[]
  /** What its owner should know of a file that was read, or was passed over although its name promised articles. */
  readonly warnings: readonly Refusal[]
  /** Of all files under the PATHs given, unchanged ones included. */
  readonly leftOut: LeftOut
  /** Unusable snapshots that were met and replaced, and folders that hold nothing any more. */
  readonly complaints: readonly FundstelleError[]
  /** Living articles in the whole store. */
  readonly articles: number
  readonly seconds: number
}

/** What an update has done so far, and what it has to report. */
export class UpdateLog {
  readonly files = { read: 0, unchanged: 0, skipped: 0, gone: 0 }
  readonly articles = { added: 0, changed: 0, removed: 0, same: 0 }
  readonly refusals: Refusal[] = []
  readonly warnings: Refusal[] = []
  readonly complaints: FundstelleError[] = []
  /** Folders that hold no articles. */
  readonly layouts: string[] = []

  refuse(file: string, line: number | null, error: FundstelleError): void {
    this.refusals.push({ file, line, error })
  }
}
