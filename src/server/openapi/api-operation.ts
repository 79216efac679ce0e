import { z } from 'zod'
import type { Action } from '../meilisearch/actions.ts'
import { ENQUEUED } from './answers.ts'
import { type Content, json, type Method, type Operation } from './operation.ts'

type Parts = Pick<Operation, 'query' | 'body'> & { readonly status?: number; readonly answer?: z.ZodType | Content }

/** One of Meilisearch's routes that answers with 200 and JSON, unless it is said otherwise. */
export function operation(
  tag: string,
  method: Method,
  path: string,
  action: Action,
  summary: string,
  { status = 200, answer = ENQUEUED, ...parts }: Parts,
): Operation {
  const content = answer instanceof z.ZodType ? json(answer) : answer
  return { method, path, tag, summary, action, errors: 'meilisearch', answers: { [status]: content }, ...parts }
}

/** A write: it is acknowledged with a task. */
export const write = (parts: Pick<Parts, 'query' | 'body'> = {}): Parts => ({ ...parts, status: 202, answer: ENQUEUED })
export const read = (answer: z.ZodType, parts: Pick<Parts, 'query' | 'body'> = {}): Parts => ({ ...parts, answer })

/** Of parameters in an address. */
export const text = z.string().optional()
export const whole = z.int().min(0).optional()
export const flag = z.boolean().optional()
export const PAGE = z.object({ offset: whole, limit: whole })
