import { z } from 'zod'
import { LOOKUP_SCHEMA, SEARCH_SCHEMA } from '../http/parameter-schemas.ts'
import { MULTI_SEARCH_SCHEMA } from '../meilisearch/search-schema.ts'
import {
  ANALYSIS,
  ARTICLE,
  FACET_VALUES,
  HEALTH,
  MARKS,
  MULTI_SEARCH,
  READY,
  SEARCH_ANSWER,
  SUGGESTIONS,
} from './answers.ts'
import { json, type Operation } from './operation.ts'

const own = { tag: 'Fundstelle', errors: 'problem' } as const
const index = z.string().optional().describe('The index that is meant; unless it is said, the one in use.')
const lang = SEARCH_SCHEMA.shape.lang
const SEARCHED = SEARCH_SCHEMA.extend({ index })
const LOOKED_UP = LOOKUP_SCHEMA.extend({ index })
const html = { type: 'text/html; charset=utf-8' }
/** A list of searches, plain or as `queries`. */
const SEARCHES = z.union([z.array(SEARCH_SCHEMA), z.object({ queries: z.array(SEARCH_SCHEMA) }), MULTI_SEARCH_SCHEMA])

/** Fundstelle's own routes. */
export const OWN_OPERATIONS: readonly Operation[] = [
  { ...own, method: 'get', path: '/', summary: 'The search page', query: SEARCHED, answers: { 200: html } },
  {
    ...own,
    method: 'get',
    path: '/search',
    summary: 'Searches articles',
    query: SEARCHED,
    answers: { 200: json(SEARCH_ANSWER) },
  },
  {
    ...own,
    method: 'post',
    path: '/search',
    summary: 'The same with parameters as JSON',
    query: z.object({ index, lang }),
    body: [json(SEARCH_SCHEMA)],
    answers: { 200: json(SEARCH_ANSWER) },
  },
  {
    ...own,
    method: 'post',
    path: '/multi-search',
    summary: "Several searches in one request; those that name an index are Meilisearch's",
    body: [json(SEARCHES)],
    answers: { 200: json(MULTI_SEARCH) },
  },
  {
    ...own,
    method: 'get',
    path: '/suggest',
    summary: 'Completes what is being typed',
    query: LOOKED_UP,
    answers: { 200: json(SUGGESTIONS) },
  },
  {
    ...own,
    method: 'get',
    path: '/facets/{name}',
    summary: 'Values of one field, with counts',
    query: LOOKED_UP,
    answers: { 200: json(FACET_VALUES) },
  },
  {
    ...own,
    method: 'get',
    path: '/articles/{id}',
    summary: 'One article; a page where text/html is accepted',
    query: z.object({ index, lang }),
    answers: { 200: json(ARTICLE) },
  },
  {
    ...own,
    method: 'get',
    path: '/articles/{id}/similar',
    summary: 'The articles nearest to one',
    query: SEARCHED,
    answers: { 200: json(SEARCH_ANSWER) },
  },
  {
    ...own,
    method: 'get',
    path: '/analyze',
    summary: 'How a text is taken apart',
    query: z.object({ text: z.string(), lang, index }),
    answers: { 200: json(ANALYSIS) },
  },
  {
    ...own,
    method: 'get',
    path: '/marks',
    summary: 'What of a query to mark on the page of an article',
    query: z.object({ q: z.string().default(''), url: z.string().default(''), index }),
    answers: { 200: json(MARKS) },
  },
  { ...own, method: 'get', path: '/health', summary: 'Whether the server is alive', answers: { 200: json(HEALTH) } },
  { ...own, method: 'get', path: '/ready', summary: 'Whether it can answer searches', answers: { 200: json(READY) } },
  {
    ...own,
    method: 'get',
    path: '/metrics',
    summary: 'What it counts, for Prometheus',
    action: 'metrics.get',
    errors: 'meilisearch',
    answers: { 200: { type: 'text/plain; version=0.0.4; charset=utf-8' } },
  },
  {
    ...own,
    method: 'get',
    path: '/opensearch.xml',
    summary: 'The description for search bars of browsers',
    answers: { 200: { type: 'application/opensearchdescription+xml; charset=utf-8' } },
  },
  {
    ...own,
    method: 'get',
    path: '/embed.js',
    summary: 'The search box for other sites',
    answers: { 200: { type: 'text/javascript; charset=utf-8' } },
  },
  { ...own, method: 'get', path: '/openapi.json', summary: 'This document', answers: { 200: json(z.looseObject({})) } },
  { ...own, method: 'get', path: '/docs', summary: 'The same as a page', answers: { 200: html } },
]
