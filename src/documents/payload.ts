import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { parse as parseCsv } from 'csv-parse'
import { reasonOf } from '../errors.ts'
import { isDeeper, JSON_DEPTH_MAX } from '../json-depth.ts'
import { decoded, JsonElements, JsonFault } from './json-elements.ts'

/** How the documents of a request are written down. */
export type PayloadFormat = { readonly kind: 'json' | 'ndjson' } | { readonly kind: 'csv'; readonly delimiter: string }

/** Bytes of one document. */
const DOCUMENT_BYTES_MAX = 50 << 20
/** Bytes that are written at once. */
const WRITTEN_BYTES = 1 << 18

/** Documents that lie in a file, one JSON object a line. */
export interface WrittenPayload {
  /** The name of the file within its folder. */
  readonly file: string
  readonly bytes: number
  readonly documents: number
}

/** The body holds no documents, or none that can be read. */
export class PayloadFault extends Error {
  override readonly name = 'PayloadFault'
  readonly kind: 'missing' | 'malformed'

  constructor(kind: 'missing' | 'malformed', message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/**
 * Writes the documents of a body to a new file, one a line, as they came but for line breaks between their parts. They are on the disk when this
 * resolves. Memory is that of one document; others have their turn between the chunks of the body.
 * @throws PayloadFault; whatever the body or the file system throws. No file stays then.
 */
export async function writePayload(
  body: AsyncIterable<Uint8Array>,
  format: PayloadFormat,
  folder: string,
): Promise<WrittenPayload> {
  await mkdir(folder, { recursive: true })
  const file = `${randomUUID()}.ndjson`
  const path = join(folder, file)
  const handle = await open(path, 'wx')
  try {
    const written = await write(handle, documentsIn(body, format))
    await handle.sync()
    await handle.close()
    await syncFolder(folder)
    return { file, ...written }
  } catch (error) {
    await handle.close()
    await rm(path, { force: true })
    throw faultOf(error, format)
  }
}

async function write(
  handle: FileHandle,
  documents: AsyncIterable<string>,
): Promise<Pick<WrittenPayload, 'bytes' | 'documents'>> {
  let [bytes, count, waiting]: [number, number, string] = [0, 0, '']
  const flush = async (): Promise<void> => {
    const buffer = Buffer.from(waiting)
    waiting = ''
    await handle.writeFile(buffer)
    bytes += buffer.length
  }
  for await (const document of documents) {
    waiting += `${document}\n`
    count += 1
    if (waiting.length >= WRITTEN_BYTES) await flush()
  }
  await flush()
  return { bytes, documents: count }
}

/** A file that was made is there after a crash only when its folder is on the disk, too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function documentsIn(body: AsyncIterable<Uint8Array>, format: PayloadFormat): AsyncGenerator<string> {
  if (format.kind === 'csv') return fromCsv(body, format.delimiter)
  return format.kind === 'json' ? fromJson(body) : fromLines(body)
}

async function* fromJson(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const elements = new JsonElements(DOCUMENT_BYTES_MAX)
  for await (const chunk of body) for (const element of elements.push(Buffer.from(chunk))) yield checked(element)
  const last = elements.end()
  if (last !== undefined) yield checked(last)
  if (elements.isEmpty) throw new PayloadFault('missing', 'A json payload is missing.')
}

async function* fromLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Uint8Array[] = []
  let [length, isEmpty] = [0, true]
  const keep = (part: Uint8Array): void => {
    length += part.length
    if (length > DOCUMENT_BYTES_MAX) throw new JsonFault(`a document of more than ${DOCUMENT_BYTES_MAX} bytes`)
    if (part.length > 0) parts.push(part)
  }
  const taken = (): string => {
    const line = decoded(Buffer.concat(parts)).trim()
    parts = []
    length = 0
    return line
  }
  for await (const chunk of body) {
    let start = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end))
      start = end + 1
      const line = taken()
      if (line === '') continue
      isEmpty = false
      yield checked(line)
    }
    keep(chunk.subarray(start))
  }
  const line = taken()
  if (line !== '') yield checked(line)
  else if (isEmpty) throw new PayloadFault('missing', 'A ndjson payload is missing.')
}

/** Rows under a head of names, each with the type of its values: `price:number`. */
async function* fromCsv(body: AsyncIterable<Uint8Array>, delimiter: string): AsyncGenerator<string> {
  const source = Readable.from(body, { objectMode: false })
  const rows = source.pipe(parseCsv({ delimiter, bom: true, max_record_size: DOCUMENT_BYTES_MAX }))
  // an error of the one is not told to the other
  source.on('error', (error) => rows.destroy(error))
  let head: readonly Column[] | null = null
  let line = 0
  for await (const row of rows as AsyncIterable<string[]>) {
    line += 1
    if (head === null) head = row.map(columnOf)
    else
      yield JSON.stringify(
        Object.fromEntries(head.map((column, at) => [column.name, cellOf(row[at] ?? '', column, line)])),
      )
  }
  if (head === null) throw new PayloadFault('missing', 'A csv payload is missing.')
}

interface Column {
  readonly name: string
  readonly type: 'string' | 'number' | 'boolean'
}

function columnOf(head: string): Column {
  const [, name = head, type = 'string'] = /^(.*?)(?::(string|number|boolean))?$/s.exec(head) ?? []
  return { name, type: type as Column['type'] }
}

function cellOf(cell: string, { name, type }: Column, line: number): string | number | boolean | null {
  if (type === 'string') return cell
  const text = cell.trim()
  if (text === '') return null
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  const number = Number(text)
  if (type === 'number' && Number.isFinite(number)) return number
  throw new JsonFault(`line ${line}, column ${name}: "${text.slice(0, 60)}" is no ${type}`)
}

/**
 * A document as one line.
 * @throws JsonFault where it is no JSON object, or one too deep
 */
function checked(json: string): string {
  if (isDeeper(json, JSON_DEPTH_MAX))
    throw new JsonFault(`recursion limit exceeded: more than ${JSON_DEPTH_MAX} levels`)
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw new JsonFault(reasonOf(error), { cause: error })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new JsonFault(`a document is a JSON object, not \`${json.slice(0, 60)}\``)
  // within a string no line breaks stand as they are
  return json.includes('\n') || json.includes('\r') ? json.replace(/[\r\n]+/g, ' ') : json
}

function faultOf(error: unknown, { kind }: PayloadFormat): unknown {
  const isCsv = error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')
  if (!(error instanceof JsonFault) && !isCsv) return error
  const message = `The \`${kind}\` payload provided is malformed: \`${reasonOf(error)}\`.`
  return new PayloadFault('malformed', message, { cause: error })
}
