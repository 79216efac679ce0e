import { FundstelleError } from '../errors.ts'
import { ReadFiles, type ReadType, SkippedFiles, type SkippedType } from './file-types.ts'
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
  /** How many articles and files were refused. */
  readonly refused: number
  /** Those refusals, of one file the first `REFUSALS_TOLD_MAX` and how many more there are. */
  readonly refusals: readonly Refusal[]
  /** What its owner should know of a file that was read, or was passed over although its name promised articles. */
  readonly warnings: readonly Refusal[]
  /** What `files.read` counts, by type. */
  readonly read: readonly ReadType[]
  /** What `files.skipped` counts, by type. */
  readonly skipped: readonly SkippedType[]
  /** Of all files under the PATHs given, unchanged ones included. */
  readonly leftOut: LeftOut
  /** Unusable snapshots that were met and replaced, and folders that hold nothing any more. */
  readonly complaints: readonly FundstelleError[]
  /** Living articles in the whole store. */
  readonly articles: number
  readonly seconds: number
}

/** A file of any size may be no articles at all: of its millions of lines nobody reads more, and memory holds no more. */
export const REFUSALS_TOLD_MAX = 10_000

/** What an update has done so far, and what it has to report. */
export class UpdateLog {
  readonly files = { read: 0, unchanged: 0, skipped: 0, gone: 0 }
  readonly articles = { added: 0, changed: 0, removed: 0, same: 0 }
  /** How many refusals there were. */
  refused = 0
  readonly readFiles = new ReadFiles()
  readonly skipped = new SkippedFiles()
  readonly #refusals: Refusal[] = []
  readonly #refusedOf = new Map<string, number>()
  readonly warnings: Refusal[] = []
  readonly complaints: FundstelleError[] = []
  /** Folders that hold no articles. */
  readonly layouts: string[] = []
  /** Articles of a site whose address is not known, and the first file with one. */
  readonly #withoutAddress = { count: 0, example: '' }

  refuse(file: string, line: number | null, error: FundstelleError): void {
    this.refused += 1
    const count = (this.#refusedOf.get(file) ?? 0) + 1
    this.#refusedOf.set(file, count)
    if (count <= REFUSALS_TOLD_MAX) this.#refusals.push({ file, line, error })
  }

  /** An article of a site says no address, nor does the place of its file. */
  lackAddress(file: string): void {
    if (this.#withoutAddress.count === 0) this.#withoutAddress.example = file
    this.#withoutAddress.count += 1
  }

  /** What there is to say of all files together. */
  get notes(): FundstelleError[] {
    const { count, example } = this.#withoutAddress
    return count === 0 ? [] : [new FundstelleError('articles_without_address', { count, example })]
  }

  read(file: string): void {
    this.files.read += 1
    this.readFiles.add(file)
  }

  skip(file: string, why: SkippedType['why']): void {
    this.files.skipped += 1
    this.skipped.add(file, why)
  }

  /** The refusals to be told. */
  get refusals(): Refusal[] {
    const more = [...this.#refusedOf].filter(([, count]) => count > REFUSALS_TOLD_MAX)
    return [
      ...this.#refusals,
      ...more.map(([file, count]) => {
        const params = { count: count - REFUSALS_TOLD_MAX, told: REFUSALS_TOLD_MAX }
        return { file, line: null, error: new FundstelleError('refused_more', params) }
      }),
    ]
  }
}
