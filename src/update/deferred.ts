import type { Article } from '../article/article.ts'
import { FileSource } from '../ingest/byte-source.ts'
import { readInPieces } from '../ingest/read-in-pieces.ts'
import type { Window } from '../store/article-store.ts'
import { type AdmissionOptions, admit } from './admission.ts'
import type { FoundFile } from './find-files.ts'
import { isReadInSteps } from './read-in-steps.ts'

/** An article whose id another source holds. */
export interface Deferred extends Window {
  readonly article: Article
  readonly source: number
  readonly file: FoundFile
  readonly line: number
}

/** Lines of a large file that are to be read again. */
interface DeferredLines {
  readonly source: number
  readonly lines: Set<number>
}

/** What is to be tried again when every file has been read. Of large files only the lines are remembered: it may be all of them. */
export class DeferredArticles {
  readonly #articles: Deferred[] = []
  readonly #lines = new Map<FoundFile, DeferredLines>()
  #count = 0

  get count(): number {
    return this.#count
  }

  add(entry: Deferred): void {
    this.#count += 1
    const { file, source, line } = entry
    if (!isReadInSteps(file)) {
      this.#articles.push(entry)
      return
    }
    const known = this.#lines.get(file)
    if (known === undefined) this.#lines.set(file, { source, lines: new Set([line]) })
    else known.lines.add(line)
  }

  files(): Set<FoundFile> {
    return new Set([...this.#articles.map(({ file }) => file), ...this.#lines.keys()])
  }

  /**
   * All of them, with null wherever time was spent on other lines.
   * @param onUnreadable is told of a file that cannot be read again, or not to its end, and why
   */
  *all(
    lineBytesMax: number,
    admission: AdmissionOptions,
    onUnreadable: (file: FoundFile, cause: unknown) => void,
  ): Generator<Deferred | null> {
    yield* this.#articles
    for (const [file, { source, lines }] of this.#lines) {
      let bytes: FileSource
      try {
        bytes = new FileSource(file.absolutePath)
      } catch (error) {
        onUnreadable(file, error)
        continue
      }
      try {
        const { path, absolutePath, siteValues } = file
        for (const reading of readInPieces(bytes, path, absolutePath, { lineBytesMax }, siteValues)) {
          const admitted = reading === null ? null : admit(reading, admission, path)
          // nothing follows it
          if (admitted?.kind === 'refusal' && admitted.line === null) onUnreadable(file, admitted.error)
          const isIt = admitted?.kind === 'article' && lines.has(admitted.line)
          yield isIt ? { ...admitted, source, file } : null
        }
      } finally {
        bytes.close()
      }
    }
  }
}
