import type { Analyzer } from '../analysis/analyzer.ts'

export interface UpdateOptions {
  readonly cache: string
  /** Files and folders of articles. */
  readonly paths: readonly string[]
  /** PATHs whose articles leave, but for what `paths` finds there. */
  readonly without?: readonly string[]
  /** Files over this size are refused; of those that are read a line at a time, lines over it. */
  readonly maxFileBytes: number
  /** Patterns as in `.gitignore` of what below the PATHs is passed over, beside those of `.fundstelleignore`. */
  readonly exclude?: readonly string[]
  readonly analyzer: Analyzer
  /** See `indexFingerprint`. */
  readonly fingerprint: string
  /** Of the readers: when they change, every file is read again. */
  readonly readersFingerprint: string
  /** Takes in what is not public: drafts, private, planned and expired ones, and the like. */
  readonly drafts?: boolean
  /** The address of the site that the PATHs are: addresses of articles are made absolute by it. */
  readonly base?: string | null
  /** Milliseconds since 1970; the clock where absent. */
  readonly now?: () => number
  /** `always` leaves a snapshot at the last change; `deferred` only where a server could not keep step without one. */
  readonly snapshot: 'always' | 'deferred'
  /** One of many updates, as watching makes them: what was told at the beginning is not told again. */
  readonly isRepeated?: boolean
  /**
   * Which PATHs may be missing: those of which the index knows something, or any. They are refused in the report and their
   * articles stay. Else a missing PATH is an error, and nothing is done.
   */
  readonly mayBeMissing?: 'none' | 'known' | 'any'
  readonly onProgress?: (progress: Progress) => void
  /** Aborted, the update ends after the file that is being read, or midway in a large one, of which nothing stays: what has been read stays, the rest is read the next time. */
  readonly signal?: AbortSignal
}

export type Progress =
  | { readonly phase: 'read'; readonly done: number; readonly total: number }
  | { readonly phase: 'index'; readonly done: number; readonly total: number }
