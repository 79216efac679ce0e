import { areRelated, selected } from './attribute-paths.ts'
import { croppedTo, type Stretch } from './crop.ts'
import type { DocumentSearchRequest } from './document-request.ts'
import type { IndexedText } from './indexed-text.ts'
import type { Mark } from './mark.ts'
import { elementsOf, kindOf, membersOf, type RawJson, rawJson, textOf, written, writtenObject } from './raw-json.ts'
import type { WordMarks } from './word-marks.ts'

/** How values of an attribute are shown. */
interface Format {
  readonly isHighlighted: boolean
  /** Words; null where nothing is cut. */
  readonly words: number | null
}

/** Where in a value a word stands: in bytes of its UTF-8, and in which element of lists. */
interface MatchPosition {
  readonly start: number
  readonly length: number
  readonly indices?: readonly number[]
}

const AS_IT_IS: Format = { isHighlighted: false, words: null }

/** Makes `_formatted` and `_matchesPosition` of documents, as one request asks for them. */
export class DocumentFormatter {
  readonly #request: DocumentSearchRequest
  readonly #marks: WordMarks
  /** Which attributes have a format of their own; `*` for all. */
  readonly #formats: readonly (readonly [attribute: string, format: Format])[]
  readonly #byPath = new Map<string, Format>()

  constructor(request: DocumentSearchRequest, marks: WordMarks) {
    this.#request = request
    this.#marks = marks
    this.#formats = [
      ...request.highlighted.map((attribute) => [attribute, { isHighlighted: true, words: null }] as const),
      ...request.cropped.map(({ attribute, words }) => [attribute, { isHighlighted: false, words }] as const),
    ]
  }

  /**
   * The document as it is shown: numbers are texts in it. Beside what was asked for it has what is to be marked or cut. Null where it has
   * nothing of that.
   * @param displayed the document with what may be shown of it
   */
  formatted(displayed: string, indexed: readonly IndexedText[]): string | null {
    const named = this.#formats.map(([attribute]) => attribute)
    if (!named.includes('*') && !named.some((attribute) => hasAttribute(rawJson(displayed), attribute))) return null
    const { retrieved } = this.#request.shown
    const shown = retrieved === null ? displayed : selected(displayed, [...retrieved, ...named])
    return this.#value(rawJson(shown), '', indexed)
  }

  /** By attribute where the words of the query stand. */
  positions(displayed: string, indexed: readonly IndexedText[]): string {
    const positions = new Map<string, MatchPosition[]>()
    this.#collect(rawJson(displayed), '', [], indexed, positions)
    return writtenObject([...positions].map(([path, list]) => [path, JSON.stringify(list)]))
  }

  #collect(
    value: RawJson,
    path: string,
    indices: readonly number[],
    indexed: readonly IndexedText[],
    positions: Map<string, MatchPosition[]>,
  ): void {
    switch (kindOf(value)) {
      case 'object':
        for (const [name, member] of membersOf(value))
          this.#collect(member, inner(path, name), indices, indexed, positions)
        return
      case 'array':
        for (const [at, element] of elementsOf(value).entries())
          this.#collect(element, path, [...indices, at], indexed, positions)
        return
      case 'string':
      case 'number': {
        const text = shownText(value)
        const found = matchPositions(text, this.#marks.in(text, indexed), indices)
        if (found.length > 0) positions.set(path, [...(positions.get(path) ?? []), ...found])
        return
      }
      default:
    }
  }

  #value(value: RawJson, path: string, indexed: readonly IndexedText[]): string {
    switch (kindOf(value)) {
      case 'object':
        return writtenObject(
          [...membersOf(value)].map(([name, member]) => [name, this.#value(member, inner(path, name), indexed)]),
        )
      case 'array':
        return `[${elementsOf(value)
          .map((element) => this.#value(element, path, indexed))
          .join(',')}]`
      case 'string': {
        const format = this.#formatOf(path)
        return format === AS_IT_IS ? written(value) : JSON.stringify(this.#text(textOf(value), format, indexed))
      }
      case 'number':
        return JSON.stringify(this.#text(written(value), this.#formatOf(path), indexed))
      default:
        return written(value)
    }
  }

  #text(text: string, { isHighlighted, words }: Format, indexed: readonly IndexedText[]): string {
    if (!isHighlighted && words === null) return text
    const marks = this.#marks.in(text, indexed)
    const whole = { start: 0, end: text.length }
    const stretch = words === null ? whole : croppedTo(text, marks, words)
    const { cropMarker, highlight } = this.#request
    const inside = isHighlighted ? highlighted(text, stretch, marks, highlight) : text.slice(stretch.start, stretch.end)
    return (stretch.start > 0 ? cropMarker : '') + inside + (stretch.end < text.length ? cropMarker : '')
  }

  /** What is asked for an attribute, for what it lies in, and for what lies in it. */
  #formatOf(path: string): Format {
    const known = this.#byPath.get(path)
    if (known !== undefined) return known
    let format = AS_IT_IS
    for (const [attribute, { isHighlighted, words }] of this.#formats) {
      if (attribute !== '*' && !areRelated(path, attribute)) continue
      format = { isHighlighted: format.isHighlighted || isHighlighted, words: words ?? format.words }
    }
    this.#byPath.set(path, format)
    return format
  }
}

const inner = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

/** What a string says, or a number as it is written. */
const shownText = (value: RawJson): string => (kindOf(value) === 'string' ? textOf(value) : written(value))

/** Whether a document has an attribute, by its path. */
function hasAttribute(value: RawJson, path: string): boolean {
  const kind = kindOf(value)
  if (kind === 'array') return elementsOf(value).some((element) => hasAttribute(element, path))
  if (kind !== 'object') return false
  for (const [name, member] of membersOf(value)) {
    if (name === path) return true
    if (path.startsWith(`${name}.`) && hasAttribute(member, path.slice(name.length + 1))) return true
  }
  return false
}

function highlighted(
  text: string,
  { start, end }: Stretch,
  marks: readonly Mark[],
  { pre, post }: DocumentSearchRequest['highlight'],
): string {
  let shown = ''
  let done = start
  for (const mark of marks) {
    const [from, to] = [Math.max(mark.start, done), Math.min(mark.end, end)]
    if (from >= to) continue
    shown += text.slice(done, from) + pre + text.slice(from, to) + post
    done = to
  }
  return shown + text.slice(done, end)
}

function matchPositions(text: string, marks: readonly Mark[], indices: readonly number[]): MatchPosition[] {
  let bytes = 0
  let done = 0
  const bytesTo = (at: number): number => {
    bytes += Buffer.byteLength(text.slice(done, at))
    done = at
    return bytes
  }
  return marks.map((mark) => {
    const start = bytesTo(mark.start)
    const length = bytesTo(mark.end) - start
    return { start, length, ...(indices.length > 0 && { indices }) }
  })
}
