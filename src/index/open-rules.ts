import type { Rules } from '../rules.ts'
import { readRules } from '../rules-file.ts'
import { indexFingerprint } from './snapshot/fingerprint.ts'

export interface OpenedRules {
  readonly own: Rules
  /** Of indexes that are made by them. */
  readonly fingerprint: string
}

/** The owner's rules, and the fingerprint of indexes that are made by them, for a thread that analyses nothing. */
export function openRules(rules: string | null): OpenedRules {
  const own = readRules(rules)
  return { own, fingerprint: indexFingerprint(own) }
}
