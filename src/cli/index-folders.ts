import { join } from 'node:path'
import { Registry } from '../registry/registry.ts'

/** The folders of all indexes below a cache folder, whatever they are called now. The cache folder itself is the first: its articles may be entered later. */
export class IndexFolders {
  readonly #root: string
  #registry: Registry | undefined
  #version = Number.NaN
  #folders: readonly string[] = []

  constructor(root: string) {
    this.#root = root
  }

  all(): readonly string[] {
    if (this.#registry === undefined && Registry.exists(this.#root)) this.#registry = Registry.open(this.#root)
    if (this.#registry === undefined) return [this.#root]
    const { dataVersion, indexes } = this.#registry
    if (dataVersion !== this.#version)
      this.#folders = [...new Set(['', ...indexes.all().map(({ folder }) => folder)])].map((one) =>
        join(this.#root, one),
      )
    this.#version = dataVersion
    return this.#folders
  }

  close(): void {
    this.#registry?.close()
  }
}
