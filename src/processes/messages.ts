// The room `processes`: a server in several processes on one port. The parent hands connections over, watches files, publishes what is due and
// builds snapshots; its children search and answer. It imports `src`, `update` and nothing of HTTP.

import type { Config } from '../config.ts'
import type { PackedError } from '../packed-error.ts'
import type { Rules } from '../rules.ts'
import type { SupervisedState } from '../update/supervise.ts'

/** The rules that an index is built by: those of a file, or null for none; or rules that were put together. */
export type BuildRules = string | null | Rules

/** What a process counts, as the library for metrics gives it. */
export type CountedMetrics = readonly unknown[]

export type ToChild =
  | { readonly kind: 'serve'; readonly config: Config }
  /** A connection comes with it. */
  | { readonly kind: 'connection'; readonly id: number }
  /** How the watching of files is going. */
  | { readonly kind: 'watching'; readonly state: SupervisedState | undefined }
  /** The build that was asked for is over. */
  | { readonly kind: 'built'; readonly id: number; readonly error?: PackedError }
  /** It is to tell what it counts. */
  | { readonly kind: 'metrics-wanted'; readonly id: number }
  /** What all processes count. */
  | { readonly kind: 'metrics'; readonly id: number; readonly all: readonly CountedMetrics[] }
  | { readonly kind: 'stop' }

export type FromChild =
  /** It listens for messages. */
  | { readonly kind: 'born' }
  /** It takes connections. */
  | { readonly kind: 'accepting' }
  /** It has taken one, and not read anything of it yet. */
  | { readonly kind: 'taken'; readonly id: number }
  /** It answers searches. */
  | { readonly kind: 'serving'; readonly articles: number }
  /** It could not begin. */
  | { readonly kind: 'failed'; readonly error: PackedError }
  /** It wants a snapshot brought up to date. */
  | { readonly kind: 'build'; readonly id: number; readonly folder: string; readonly rules: BuildRules }
  | { readonly kind: 'metrics-asked'; readonly id: number }
  | { readonly kind: 'metrics-given'; readonly id: number; readonly metrics: CountedMetrics }
