import { z } from 'zod'
import { ERROR, PROBLEM } from './answers.ts'
import type { Content, Operation } from './operation.ts'

type Json = Record<string, unknown>

/** Errors that every route may answer with. */
const FAULTS = [400, 401, 403, 404, 413, 415, 429, 503] as const

const WORDS: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Acknowledged: it is on the disk, and carried out in its turn.',
  204: 'Done; there is nothing to say.',
  400: 'Something of the request is wrong.',
  401: 'A key is needed.',
  403: 'The key may not do that.',
  404: 'There is no such thing.',
  413: 'The body is too large.',
  415: 'The body has a type that is not taken.',
  429: 'Too many requests.',
  503: 'Not ready, or too many searches at once: to be tried again after what Retry-After says.',
}

/** An OpenAPI 3.1 document of these operations. Schemas are JSON Schema 2020-12, made of those that check requests. */
export function openApiDocument(operations: readonly Operation[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = paths[operation.path] ?? {}
    path[operation.method] = described(operation)
    paths[operation.path] = path
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fundstelle',
      version,
      description:
        "Full-text search for German articles. Routes below /indexes, /tasks, /keys and the like are Meilisearch's: its clients and plug-ins speak them.",
    },
    servers: [{ url: './' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: schemaOf(PROBLEM, 'output'), Error: schemaOf(ERROR, 'output') },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key, a tenant token or the master key.' },
      },
    },
  }
}

function described(operation: Operation): Json {
  const { method, path, tag, summary, action, query, body, answers } = operation
  const parameters = [...pathParameters(path), ...(query === undefined ? [] : queryParameters(query))]
  return {
    operationId: nameOf(method, path),
    tags: [tag],
    summary,
    ...(action !== undefined && {
      description: `Needs the action \`${action}\` where the server has a master key.`,
      security: [{ key: [] }, {}],
    }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: { content: contentOf(body, 'input') } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, content]) => [status, answer(Number(status), content)]),
      ),
      ...faults(operation),
    },
  }
}

const answer = (status: number, content: Content): Json => ({
  description: WORDS[status],
  ...(content.type !== '' && { content: contentOf([content], 'output') }),
})

function faults({ errors }: Operation): Json {
  const [type, name] = errors === 'problem' ? ['application/problem+json', 'Problem'] : ['application/json', 'Error']
  const content = { [type]: { schema: { $ref: `#/components/schemas/${name}` } } }
  return Object.fromEntries(FAULTS.map((status) => [status, { description: WORDS[status], content }]))
}

const contentOf = (contents: readonly Content[], io: 'input' | 'output'): Json =>
  Object.fromEntries(
    contents.map(({ type, schema }) => [
      type,
      { schema: schema === undefined ? { type: 'string' } : schemaOf(schema, io) },
    ]),
  )

/** Of what a schema changes while it reads, what may be given (`input`), or what comes of it. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return json
}

function queryParameters(query: z.ZodObject): Json[] {
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

/** `get /indexes/{indexUid}/stats` as `getIndexesIndexUidStats`. */
const nameOf = (method: string, path: string): string =>
  method +
  path
    .split(/[^a-zA-Z]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
