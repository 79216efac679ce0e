import type { ErrorCode, FundstelleError, Localized } from '../errors.ts'
import type { Terminal } from './terminal.ts'

/** Snapshots that are sound but were made otherwise, and what to say where a new one has taken their place. */
const MADE_OTHERWISE: Partial<Record<ErrorCode, Localized>> = {
  snapshot_rules: {
    de: 'Der Index wurde ganz neu gebaut, denn die eigenen Regeln (--rules, FUNDSTELLE_RULES) sind andere als zuvor.',
    en: 'The index was rebuilt, for your own rules (--rules, FUNDSTELLE_RULES) are others than before.',
  },
  snapshot_version: {
    de: 'Der Index wurde ganz neu gebaut, denn er stammte von einer anderen Fassung von Fundstelle.',
    en: 'The index was rebuilt, for it was made by another version of Fundstelle.',
  },
}

/** Whether this says only that a snapshot was made otherwise, not that anything is damaged. */
export const isMadeOtherwise = ({ code }: FundstelleError): boolean => MADE_OTHERWISE[code] !== undefined

/** Tells complaints about the snapshots that were met; once what is the same for both generations. */
export function tellComplaints(complaints: readonly FundstelleError[], terminal: Terminal, isRebuilt: boolean): void {
  for (const [at, complaint] of complaints.entries()) {
    const { code } = complaint
    const rebuilt = MADE_OTHERWISE[code]
    if (rebuilt !== undefined && complaints.findIndex((other) => other.code === code) < at) continue
    terminal.note(isRebuilt && rebuilt !== undefined ? terminal.say(rebuilt) : complaint.detail(terminal.language))
  }
}
