import type { Skipped } from '../ingest/walk.ts'

/** Files that were passed over for the same reason. */
export interface SkippedType {
  /** The ending in lower case with its dot, empty where there is none; for other reasons than the ending absent. */
  readonly ending?: string
  /** `unrecognised`: the ending is known, but the file is none of its formats. */
  readonly why: Skipped | 'unrecognised'
  readonly count: number
  /** The first of them, by the PATH given. */
  readonly example: string
  /** Their names, by the PATH given, in the order they were met; fewer than `count` where there are more than are named. */
  readonly files: readonly string[]
}

/** Folders may hold files of as many endings as there are files. */
const TYPES_MAX = 200
/** So many files are named, whatever their types. */
const NAMED_MAX = 10_000
/** Longer ones are no types but parts of names. */
const ENDING_LENGTH_MAX = 12

/** Counts files that are passed over, by type. */
export class SkippedFiles {
  readonly #types = new Map<string, SkippedType & { readonly files: string[] }>()
  #named = 0

  add(name: string, why: SkippedType['why']): void {
    const hasType = why === 'ending' || why === 'unrecognised'
    const own = hasType ? endingOf(name) : ''
    const ending = this.#types.has(keyOf(why, own)) || this.#types.size < TYPES_MAX ? own : ''
    const key = keyOf(why, ending)
    const { count = 0, example = name, files = [] } = this.#types.get(key) ?? {}
    if (this.#named++ < NAMED_MAX) files.push(name)
    this.#types.set(key, { ...(hasType && { ending }), why, count: count + 1, example, files })
  }

  /** The most frequent first. */
  get types(): SkippedType[] {
    return [...this.#types.values()].sort((a, b) => b.count - a.count)
  }
}

const keyOf = (why: string, ending: string): string => `${why} ${ending}`

/** Counts files that were read, by their endings. */
export class ReadFiles {
  readonly #counts = new Map<string, number>()

  add(name: string): void {
    const own = endingOf(name)
    const ending = this.#counts.has(own) || this.#counts.size < TYPES_MAX ? own : ''
    this.#counts.set(ending, (this.#counts.get(ending) ?? 0) + 1)
  }

  /** The most frequent first. */
  get types(): ReadType[] {
    return [...this.#counts].map(([ending, count]) => ({ ending, count })).sort((a, b) => b.count - a.count)
  }
}

/** Files that were read, of one ending; it is in lower case with its dot. */
export interface ReadType {
  readonly ending: string
  readonly count: number
}

function endingOf(name: string): string {
  const ending = /[^/\\](\.[^./\\]+)$/.exec(name.slice(-2 * ENDING_LENGTH_MAX))?.[1]?.toLowerCase() ?? ''
  return ending.length > ENDING_LENGTH_MAX ? '' : ending
}
