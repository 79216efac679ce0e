export interface Words {
  readonly ids: readonly string[]
  readonly titles: readonly string[]
  readonly longestId: string
  readonly fields: readonly string[]
  readonly pools: Readonly<Record<string, readonly string[]>>
}
export function wordsOf(ask: (path: string) => Promise<unknown>): Promise<Words>
