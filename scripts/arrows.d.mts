export interface Room {
  readonly name: string
  readonly imports: readonly string[]
  readonly libraries: readonly string[]
}

export interface Imports {
  readonly inside: readonly string[]
  readonly outside: readonly string[]
}

export function roomsIn(page: string): Room[]
export function importsBelow(src: string): Map<string, Imports>
export function wrongArrows(rooms: readonly Room[], imports: ReadonlyMap<string, Imports>): string[]
