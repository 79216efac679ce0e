export function randomOf(seed: number): {
  readonly next: () => number
  readonly chance: (share: number) => boolean
  readonly below: (count: number) => number
  readonly pick: <T>(list: readonly T[]) => T
}
