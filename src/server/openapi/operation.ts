// The room `server/openapi`: what the server says of its own interface. Requests are described by the very schemas that check them; answers by
// schemas that a test holds real answers against. It imports `registry`, `server/http` and `server/meilisearch`.

import type { z } from 'zod'
import type { Action } from '../meilisearch/actions.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Something of a media type. */
export interface Content {
  readonly type: string
  /** What it is where it is JSON. */
  readonly schema?: z.ZodType
}

/** One method of one path. */
export interface Operation {
  readonly method: Method
  /** As OpenAPI writes it: `/articles/{id}`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  /** What the key of a request must allow where the server has a master key; open to everybody without. */
  readonly action?: Action
  /** Parameters of the address. */
  readonly query?: z.ZodObject
  readonly body?: readonly Content[]
  /** By the status of HTTP; what it answers where nothing is wrong. */
  readonly answers: Readonly<Record<number, Content>>
  /** The shape of its errors. */
  readonly errors: 'problem' | 'meilisearch'
}

export const json = (schema: z.ZodType): Content => ({ type: 'application/json', schema })
