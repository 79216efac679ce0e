import { elementsOf, kindOf, membersOf, type RawJson, rawJson, written, writtenObject } from './raw-json.ts'

/** Whether a path is an attribute, or lies within it: `info.comment` within `info`. */
export const liesIn = (path: string, attribute: string): boolean =>
  path === attribute || (path.startsWith(attribute) && path[attribute.length] === '.')

/** Whether two names mean the same attribute, or one of them what lies within the other. */
export const areRelated = (one: string, other: string): boolean => liesIn(one, other) || liesIn(other, one)

/**
 * A document with some of its attributes alone, named by their paths: `info.comment` leaves of `info` this one, in lists of objects that of
 * each. A name with dots in it may also be that of a member itself.
 * @param wanted null for all, which gives the document as it is
 */
export function selected(document: string, wanted: readonly string[] | null): string {
  if (wanted === null || wanted.includes('*')) return document
  return selectedObject(rawJson(document), wanted) ?? '{}'
}

/** Null where nothing is left. */
function selectedObject(object: RawJson, wanted: readonly string[]): string | null {
  const kept: [string, string][] = []
  for (const [name, value] of membersOf(object)) {
    if (wanted.includes(name)) {
      kept.push([name, written(value)])
      continue
    }
    const inner = wanted.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1))
    if (inner.length === 0) continue
    const kind = kindOf(value)
    const json =
      kind === 'object' ? selectedObject(value, inner) : kind === 'array' ? selectedElements(value, inner) : null
    if (json !== null) kept.push([name, json])
  }
  return kept.length === 0 ? null : writtenObject(kept)
}

/** Of a list the objects, each with what is wanted of it. */
function selectedElements(array: RawJson, wanted: readonly string[]): string {
  const kept = elementsOf(array).flatMap((element) => {
    const kind = kindOf(element)
    if (kind === 'array') return [selectedElements(element, wanted)]
    return kind === 'object' ? [selectedObject(element, wanted) ?? '{}'] : []
  })
  return `[${kept.filter((json) => json !== '{}' && json !== '[]').join(',')}]`
}
