import { z } from 'zod'
import { ApiError } from './api-error.ts'

/** The code of what is wrong at a place; the place is empty where it is the body itself, or a member nobody knows. */
export type CodeOf = (path: readonly PropertyKey[]) => string

/** What a schema has to say about one place; `path` is that of the value that is wrong. */
interface Fault {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly code: string
  readonly isMissing: boolean
}

/** Characters of a wrong value that are told back. */
const SHOWN_MAX = 200

/**
 * Checks the body of a request against a schema. Errors have Meilisearch's words, and only the first thing that is wrong is told, in the
 * order of the body; what is missing comes last.
 * @param codeOf for what is wrong at a place; `missingCodeOf` for what is missing there, where that has a code of its own
 * @throws ApiError
 */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  codeOf: CodeOf,
  missingCodeOf: CodeOf = codeOf,
): z.output<Schema> {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const faults = read.error.issues.map((issue) => faultOf(issue, schema, body, codeOf, missingCodeOf))
  const rank = ({ path, isMissing }: Fault): number => (isMissing ? Number.POSITIVE_INFINITY : placeIn(body, path))
  const [first] = faults.toSorted((one, other) => rank(one) - rank(other) || 0)
  const { code, message } = first as Fault
  throw new ApiError(code, message)
}

/** A rule beyond types: its words stand as they are, after the place. */
export const wrongValue = (message: string) => ({ error: message })

/** A rule whose words are the whole message. */
export const wholeMessage = (message: string) => ({ error: message, params: { isWhole: true } })

function faultOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  body: unknown,
  codeOf: CodeOf,
  missingCodeOf: CodeOf,
): Fault {
  const { path } = issue
  const value = valueAt(body, path)
  const fault = (message: string, extra: Partial<Fault> = {}): Fault => ({
    path,
    message,
    code: codeOf(path),
    isMissing: false,
    ...extra,
  })
  switch (issue.code) {
    case 'invalid_type': {
      if (value === undefined && path.length > 0) {
        const inside = placeWords(path.slice(0, -1), 'inside')
        const message = `Missing field \`${String(path.at(-1))}\`${inside}`
        return fault(message, { code: missingCodeOf(path), isMissing: true })
      }
      return fault(wrongType(path, KINDS[issue.expected] ?? `a ${issue.expected}`, value))
    }
    case 'unrecognized_keys': {
      const [key = ''] = issue.keys
      const known = fieldsAt(schema, path).map((name) => `\`${name}\``)
      const words = `Unknown field \`${cut(key)}\`${placeWords(path, 'inside')}: expected one of ${known.join(', ')}`
      // an unknown member of the body itself is nobody's
      return fault(words, { path: [...path, key] })
    }
    case 'invalid_value': {
      if (typeof value !== 'string') return fault(wrongType(path, 'a string', value))
      const known = issue.values.map((one) => `\`${String(one)}\``).join(', ')
      return fault(`Unknown value \`${cut(value)}\`${placeWords(path, 'at')}: expected one of ${known}`)
    }
    case 'invalid_union':
      return unionFault(issue, fault, value)
    case 'too_small':
    case 'too_big':
      return fault(sizeWords(issue, path, value))
    default: {
      const isWhole = issue.code === 'custom' && issue.params?.['isWhole'] === true
      return fault(isWhole ? issue.message : `Invalid value${placeWords(path, 'at')}: ${issue.message}`)
    }
  }
}

/** Of several shapes a value may have, what is wrong with the one it has. */
function unionFault(issue: z.core.$ZodIssueInvalidUnion, fault: (message: string) => Fault, value: unknown): Fault {
  const { path } = issue
  const expected: string[] = []
  for (const [first] of issue.errors) {
    if (first === undefined) continue
    if (first.path.length === 0 && first.code === 'invalid_type') expected.push(KINDS[first.expected] ?? first.expected)
    else if (first.code === 'invalid_type') {
      const inner = [...path, ...first.path]
      const found = valueAt(value, first.path)
      const name = String(inner.at(-1))
      return fault(
        found === undefined
          ? `Missing field \`${name}\`${placeWords(inner.slice(0, -1), 'inside')}`
          : wrongType(inner, KINDS[first.expected] ?? first.expected, found),
      )
    } else if (first.code === 'unrecognized_keys') {
      const inside = placeWords([...path, ...first.path], 'inside')
      return fault(`Unknown field \`${cut(first.keys[0] ?? '')}\`${inside}`)
    } else return fault(`Invalid value${placeWords([...path, ...first.path], 'at')}: ${first.message}`)
  }
  return fault(wrongType(path, expected.join(' or '), value))
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'an array',
  object: 'an object',
  record: 'an object',
  string: 'a string',
  boolean: 'a boolean',
  number: 'a positive integer',
  int: 'a positive integer',
}

const wrongType = (path: readonly PropertyKey[], expected: string, value: unknown): string =>
  `Invalid value type${placeWords(path, 'at')}: expected ${expected}, but found ${described(value)}`

function sizeWords(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  path: readonly PropertyKey[],
  value: unknown,
): string {
  const at = placeWords(path, 'at')
  const limit = String(issue.code === 'too_big' ? issue.maximum : issue.minimum)
  const isBig = issue.code === 'too_big'
  if (issue.origin === 'string')
    return `Invalid value${at}: ${isBig ? 'at most' : 'at least'} \`${limit}\` characters are allowed`
  if (issue.origin === 'array')
    return `Invalid value${at}: ${isBig ? 'at most' : 'at least'} \`${limit}\` entries are allowed`
  if (isBig)
    return `Invalid value${at}: value: \`${String(value)}\` is too large to be deserialized, maximum value authorized is \`${limit}\``
  if (value === 0) return `Invalid value${at}: a non-zero integer value was expected, but found a zero`
  return wrongType(path, 'a positive integer', value)
}

/** A value of JSON with its kind, as far as it is told back. */
function described(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'nothing'
  return `${kindOf(value)}: \`${cut(JSON.stringify(value))}\``
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'a string'
  if (typeof value === 'boolean') return 'a boolean'
  if (typeof value !== 'number') return Array.isArray(value) ? 'an array' : 'an object'
  if (!Number.isInteger(value)) return 'a number'
  return value < 0 ? 'a negative integer' : 'a positive integer'
}

const cut = (text: string): string => (text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text)

/** Where in the body: ` at \`.actions[0]\``; nothing where it is the body itself. */
function placeWords(path: readonly PropertyKey[], word: 'at' | 'inside'): string {
  if (path.length === 0) return ''
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${cut(String(step))}`)).join('')
  return ` ${word} \`${place}\``
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let value = body
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return value
}

/** The how many-th member of the body a place is in. */
function placeIn(body: unknown, [first]: readonly PropertyKey[]): number {
  if (first === undefined || typeof body !== 'object' || body === null) return -1
  return Object.keys(body).indexOf(String(first))
}

/** The names that an object at a place of a schema may have. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const found = path.reduce<unknown>((at, step) => {
    const inner = unwrapped(at)
    if (inner instanceof z.ZodObject) return inner.shape[String(step)]
    if (inner instanceof z.ZodArray) return inner.element
    return inner instanceof z.ZodRecord ? inner.valueType : undefined
  }, schema)
  const object = unwrapped(found)
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return unwrapped(schema.unwrap())
  if (!(schema instanceof z.ZodUnion)) return schema
  return schema.options.map(unwrapped).find((option) => option instanceof z.ZodObject)
}
