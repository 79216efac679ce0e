import type { Statements } from './statements.ts'

/** A file that articles come from. */
export interface SourceFile {
  /** The number by which articles name their source. */
  readonly id: number
  /** Absolute. */
  readonly path: string
  /** What the file looked like when it was read; null where it is to be read again in any case. */
  readonly state: string | null
}

/** The registry of source files: which files have been read, and what they looked like. A file keeps its number as long as it is known. */
export class FileRegistry {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** All files, by path. */
  all(): SourceFile[] {
    return this.#statements.all<SourceFile>('select id, path, state from source order by path')
  }

  /** The files at a path and below it, by path. */
  under(path: string, separator: string): SourceFile[] {
    const prefix = path.endsWith(separator) ? path : path + separator
    return this.#statements.all<SourceFile>(
      'select id, path, state from source where path = ? or substr(path, 1, ?) = ? order by path',
      path,
      [...prefix].length,
      prefix,
    )
  }

  byPath(path: string): SourceFile | undefined {
    return this.#statements.get<SourceFile>('select id, path, state from source where path = ?', path)
  }

  byId(id: number): SourceFile | undefined {
    return this.#statements.get<SourceFile>('select id, path, state from source where id = ?', id)
  }

  /** Notes what a file looked like when it was read, and gives its number. */
  save(path: string, state: string | null): number {
    this.#statements.run(
      'insert into source (path, state) values (?, ?) on conflict (path) do update set state = excluded.state',
      path,
      state,
    )
    return (this.byPath(path) as SourceFile).id
  }

  /** Forgets a file; its articles are the store's business. */
  remove(id: number): void {
    this.#statements.run('delete from source where id = ?', id)
  }
}
