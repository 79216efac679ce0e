import type { JsonDocument } from '../documents/attributes.ts'
import type { ArticleStore } from '../store/article-store.ts'

/** How many documents of an index have each attribute, kept in step with the store by whoever changes it. */
export class AttributeCounts {
  readonly #counts: Map<string, number>

  private constructor(counts: Map<string, number>) {
    this.#counts = counts
  }

  static of(store: ArticleStore): AttributeCounts {
    const noted = store.noted('attributes')
    const counts = noted === undefined ? {} : (JSON.parse(noted) as Record<string, number>)
    return new AttributeCounts(new Map(Object.entries(counts)))
  }

  static none(): AttributeCounts {
    return new AttributeCounts(new Map())
  }

  add(document: JsonDocument, by: 1 | -1): void {
    for (const name of Object.keys(document)) {
      const count = (this.#counts.get(name) ?? 0) + by
      if (count > 0) this.#counts.set(name, count)
      else this.#counts.delete(name)
    }
  }

  clear(): void {
    this.#counts.clear()
  }

  /** The first attribute that has another number in other counts; null where they are the same. */
  difference(
    other: AttributeCounts,
  ): { readonly attribute: string; readonly here: number; readonly there: number } | null {
    for (const attribute of new Set([...this.#counts.keys(), ...other.#counts.keys()])) {
      const [here, there] = [this.#counts.get(attribute) ?? 0, other.#counts.get(attribute) ?? 0]
      if (here !== there) return { attribute, here, there }
    }
    return null
  }

  /** Writes them down; within a transaction. */
  note(store: ArticleStore): void {
    const counts = [...this.#counts].sort(([one], [other]) => (one < other ? -1 : 1))
    store.note('attributes', JSON.stringify(Object.fromEntries(counts)))
  }
}
