// The room `search/documents`: the documents of hits as they are answered: which attributes, how they are marked and cut. It imports the
// analysis and what queries match; it asks no engine. Documents are JSON that was checked when it came: what is not changed is given back as it was
// written, numbers of any length among that, so nothing is parsed that need not be looked at.

/** A JSON value as it stands in a text that was checked. */
export interface RawJson {
  readonly source: string
  readonly start: number
  readonly end: number
}

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'other'

const BLANK = /[ \t\n\r]*/y
const SCALAR = /[^\s,\]}]+/y

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c

/** The value that a whole text is. */
export const rawJson = (source: string): RawJson => valueAt(source, 0)

export const written = ({ source, start, end }: RawJson): string => source.slice(start, end)

export function kindOf({ source, start }: RawJson): JsonKind {
  const first = source[start] as string
  if (first === '{') return 'object'
  if (first === '[') return 'array'
  if (first === '"') return 'string'
  return first === 't' || first === 'f' || first === 'n' ? 'other' : 'number'
}

/** What a string says. */
export function textOf({ source, start, end }: RawJson): string {
  const inner = source.slice(start + 1, end - 1)
  return inner.includes('\\') ? (JSON.parse(source.slice(start, end)) as string) : inner
}

/** The members of an object in their order; of equal names the last one. */
export function membersOf(object: RawJson): Map<string, RawJson> {
  const { source } = object
  const members = new Map<string, RawJson>()
  let at = afterBlank(source, object.start + 1)
  while (source.charCodeAt(at) === QUOTE) {
    const name = valueAt(source, at)
    const value = valueAt(source, afterBlank(source, name.end) + 1)
    members.set(textOf(name), value)
    at = afterComma(source, value.end)
  }
  return members
}

/** The elements of an array. */
export function elementsOf(array: RawJson): RawJson[] {
  const { source, end } = array
  const elements: RawJson[] = []
  let at = afterBlank(source, array.start + 1)
  while (at < end - 1) {
    const element = valueAt(source, at)
    elements.push(element)
    at = afterComma(source, element.end)
  }
  return elements
}

/** An object of members that are written already. */
export function writtenObject(members: Iterable<readonly [name: string, json: string]>): string {
  let json = ''
  for (const [name, value] of members) json += `${json === '' ? '' : ','}${JSON.stringify(name)}:${value}`
  return `{${json}}`
}

/** The object with further members, which stand last. */
export function withMembers(object: string, members: readonly (readonly [name: string, json: string])[]): string {
  if (members.length === 0) return object
  const inner = object.slice(object.indexOf('{') + 1, object.lastIndexOf('}'))
  const added = writtenObject(members).slice(1)
  return inner.trim() === '' ? `{${added}` : `{${inner},${added}`
}

function afterBlank(source: string, at: number): number {
  BLANK.lastIndex = at
  BLANK.test(source)
  return BLANK.lastIndex
}

function afterComma(source: string, end: number): number {
  const at = afterBlank(source, end)
  return source.charCodeAt(at) === COMMA ? afterBlank(source, at + 1) : at
}

function valueAt(source: string, from: number): RawJson {
  const start = afterBlank(source, from)
  const first = source[start]
  if (first === '"') return { source, start, end: stringEnd(source, start) }
  if (first === '{' || first === '[') return { source, start, end: nestedEnd(source, start) }
  SCALAR.lastIndex = start
  SCALAR.test(source)
  return { source, start, end: SCALAR.lastIndex }
}

/** Behind the closing quote: one that an odd number of backslashes stands before is none. */
function stringEnd(source: string, start: number): number {
  let from = start + 1
  for (;;) {
    const quote = source.indexOf('"', from)
    let backslashes = 0
    while (source.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1
    if (backslashes % 2 === 0) return quote + 1
    from = quote + 1
  }
}

/** Behind the bracket that closes the one at `start`; without a call for each nested one, however deep they go. */
function nestedEnd(source: string, start: number): number {
  let depth = 0
  for (let at = start; at < source.length; ) {
    const code = source.charCodeAt(at)
    if (code === QUOTE) {
      at = stringEnd(source, at)
      continue
    }
    if (code === 0x7b || code === 0x5b) depth += 1
    else if (code === 0x7d || code === 0x5d) depth -= 1
    at += 1
    if (depth === 0) return at
  }
  return source.length
}
