import type { JsonDocument } from '../documents/attributes.ts'
import type { ArticleStore } from '../store/article-store.ts'

/** So many different attributes may the documents of an index have, as in Meilisearch, and so many UTF-16 units their names: counts of them are read and written with each batch. */
export const ATTRIBUTES_MAX = 65_535
export const ATTRIBUTE_NAMES_MAX = 4_000_000

/** How many documents of an index have each attribute, kept in step with the store by whoever changes it. */
export class AttributeCounts {
  readonly #counts: Map<string, number>
  /** Of all names. */
  #length = 0

  private constructor(counts: Map<string, number>) {
    this.#counts = counts
    for (const name of counts.keys()) this.#length += name.length
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
      const before = this.#counts.get(name) ?? 0
      const count = before + by
      if (before === 0 && count > 0) this.#length += name.length
      if (count > 0) this.#counts.set(name, count)
      else if (this.#counts.delete(name)) this.#length -= name.length
    }
  }

  /** Tells of documents one after the other whether the attributes of all of them have room beside those that there are; what they replace is not looked at. */
  room(): (document: JsonDocument) => boolean {
    const added = new Set<string>()
    let length = this.#length
    return (document) => {
      for (const name of Object.keys(document)) {
        if (this.#counts.has(name) || added.has(name)) continue
        added.add(name)
        length += name.length
        if (this.#counts.size + added.size > ATTRIBUTES_MAX || length > ATTRIBUTE_NAMES_MAX) return false
      }
      return true
    }
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
