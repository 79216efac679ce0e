import { NO_STRUCTURE, type Structure, type StructureRange } from '../article/structure.ts'

/**
 * The structure of an article as the store keeps it: JSON, a list for each range, with a letter for its kind and then what that has, in this
 * order:
 *
 * | | |
 * |---|---|
 * | page | `["p", start, number]` |
 * | heading | `["h", start, end, level]`, with an anchor behind it where there is one |
 * | item of a list | `["i", start, end, depth, 1 where it is ordered, else 0]` |
 * | row of a table | `["r", start, end, …cells]` |
 * | lines of code | `["c", start, end]` |
 * | what no snippet shows | `["n", start, end]` |
 */
export function packStructure(structure: Structure = NO_STRUCTURE): string | null {
  return structure.length === 0 ? null : JSON.stringify(structure.map(packed))
}

export function unpackStructure(text: string | null): Structure {
  return text === null ? NO_STRUCTURE : (JSON.parse(text) as PackedRange[]).map(unpacked)
}

/** Whether something in it is to be shown in no snippet: nothing is unpacked. False may not be wrong, true may. */
export const hasNoSnippets = (text: string | null): boolean => text?.includes('["n",') === true

type PackedRange =
  | readonly ['p', start: number, number: number]
  | readonly ['h', start: number, end: number, level: number, anchor?: string]
  | readonly ['i', start: number, end: number, depth: number, ordered: 0 | 1]
  | readonly ['r', start: number, end: number, ...cells: number[]]
  | readonly ['c' | 'n', start: number, end: number]

function packed(range: StructureRange): PackedRange {
  switch (range.kind) {
    case 'page':
      return ['p', range.start, range.number]
    case 'heading': {
      const heading = ['h', range.start, range.end, range.level] as const
      return range.anchor === undefined ? heading : [...heading, range.anchor]
    }
    case 'item':
      return ['i', range.start, range.end, range.depth, range.isOrdered ? 1 : 0]
    case 'row':
      return ['r', range.start, range.end, ...range.cells]
    case 'code':
      return ['c', range.start, range.end]
    case 'nosnippet':
      return ['n', range.start, range.end]
  }
}

function unpacked(range: PackedRange): StructureRange {
  const [, start, end] = range
  switch (range[0]) {
    case 'p':
      return { kind: 'page', start, number: range[2] }
    case 'h':
      return { kind: 'heading', start, end, level: range[3], ...(range[4] !== undefined && { anchor: range[4] }) }
    case 'i':
      return { kind: 'item', start, end, depth: range[3], isOrdered: range[4] === 1 }
    case 'r':
      return { kind: 'row', start, end, cells: range.slice(3) as number[] }
    case 'c':
      return { kind: 'code', start, end }
    case 'n':
      return { kind: 'nosnippet', start, end }
  }
}
