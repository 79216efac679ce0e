import type { randomOf } from '../random.mjs'
import type { Words } from './words.mjs'

export interface Gene {
  readonly route: string
  readonly conditions: number
  readonly facets: string
  readonly sort: string
}
export interface Target {
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
}
export function requests(
  random: ReturnType<typeof randomOf>,
  words: Words,
): {
  readonly fresh: () => Gene
  readonly changed: (gene: Gene) => Gene
  readonly mixed: (a: Gene, b: Gene) => Gene
  readonly request: (gene: Gene) => Target
}
