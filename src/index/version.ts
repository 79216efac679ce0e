import type { Analyzer } from '../analysis/analyzer.ts'
import type { AnswerSettings } from '../config.ts'
import { digestOf } from '../fingerprint.ts'
import type { Recency } from './rank/recency.ts'

/** How an index is read: everything that answers depend on beside the articles and the request. */
export interface EngineConfig {
  readonly analyzer: Analyzer
  /** Of what the index is made by, the analyzer and the owner's rules for it among that. */
  readonly fingerprint: string
  /** Of the program that answers, see `programFingerprint`. */
  readonly program?: string
  readonly answers?: AnswerSettings
  /** How much newer articles are preferred; null for not at all. */
  readonly recency?: Recency | null
}

/** Characters of the store's and each digest's name in a version. */
const ID_LENGTH = 8

/**
 * Names all of a configuration but the analyzer, which the fingerprint stands for. Whatever is added to one later is named too.
 */
export function nameOf({ analyzer, ...shaping }: EngineConfig): string {
  return digestOf(JSON.stringify(shaping)).slice(0, ID_LENGTH)
}

/**
 * The name of a state in which the same request gets the same answer: the change the index stands at, the store, how the index is
 * made and read, and the day where newer articles are preferred, as that goes by days (UTC).
 */
export function versionOf(seqNo: number, storeId: string, reading: EngineConfig, name = nameOf(reading)): string {
  const { fingerprint, recency } = reading
  const day = recency ? [new Date(recency.now()).toISOString().slice(0, 10)] : []
  return [seqNo, storeId.slice(0, ID_LENGTH), fingerprint.slice(0, ID_LENGTH), name, ...day].join('-')
}
