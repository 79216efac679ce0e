import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type ErrorParam, FundstelleError } from '../errors.ts'
import { payloadFolder } from './payload-folder.ts'
import type { Registry } from './registry.ts'
import { REGISTRY } from './schema.ts'

/** What is wrong with the registry of a cache folder, and with the documents that its tasks wait with; none where all is well. */
export function registryFaults(cache: string, registry: Registry): FundstelleError[] {
  const path = join(cache, REGISTRY.file)
  const fault = (reason: ErrorParam): FundstelleError => new FundstelleError('index_fault', { path, reason })
  const faults = registry
    .integrityComplaints()
    .map((text) => fault({ de: `SQLite meldet: ${text}`, en: `SQLite says: ${text}` }))
  for (const file of registry.tasks.payloads()) {
    // a task that was carried out just now needs none any more
    if (existsSync(join(payloadFolder(cache), file)) || !registry.tasks.payloads().includes(file)) continue
    faults.push(
      fault({ de: `die Dokumente einer Aufgabe fehlen: ${file}`, en: `the documents of a task are missing: ${file}` }),
    )
  }
  return faults
}
