import { join } from 'node:path'
import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { analysedBy } from '../index/open-analysis.ts'
import { type Verification, verify } from '../index/snapshot/verify.ts'
import { rulesOf } from '../registry/index-rules.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import { Registry } from '../registry/registry.ts'
import { registryFaults } from '../registry/verify.ts'
import type { Rules } from '../rules.ts'
import { readRules } from '../rules-file.ts'
import { ArticleStore } from '../store/article-store.ts'
import { documentFaults } from '../tasks/verify-documents.ts'
import type { Command } from './command.ts'
import { isMadeOtherwise } from './complaints.ts'
import type { Terminal } from './terminal.ts'

export const checkCommand: Command = {
  name: 'check',
  usage: '',
  summary: {
    de: 'prüft Artikelspeicher, Aufgaben und alle Indizes: Prüfsummen, Zahlen, ein Neubau zum Vergleich',
    en: 'verifies stores, tasks and all indexes: checksums, counts, one rebuild compared',
  },
  options: [],
  settings: ['cache', 'index', 'rules', 'language'],
  arity: [0, 0],
  async run({ config, terminal }) {
    const { root } = config
    if (!ArticleStore.exists(root) && !Registry.exists(root)) throw new FundstelleError('cache_missing', { path: root })
    const { articles, backlog, faults, indexes } = await verified(config, readRules(config.rules))
    if (faults.length > 0) return tellFaults(faults, terminal)
    const among = indexes > 1 ? { de: ` in ${indexes} Indizes`, en: ` in ${indexes} indexes` } : { de: '', en: '' }
    const waiting = {
      de: backlog === 1 ? ' (1 Änderung noch nicht im Abbild)' : ` (${backlog} Änderungen noch nicht im Abbild)`,
      en: backlog === 1 ? ' (1 change not in the snapshot yet)' : ` (${backlog} changes not in the snapshot yet)`,
    }
    terminal.out(
      terminal.say({
        de: `In Ordnung: ${articles} Artikel${among.de}, Index und Speicher stimmen überein${backlog > 0 ? waiting.de : ''}.`,
        en: `Sound: ${articles} articles${among.en}, index and store agree${backlog > 0 ? waiting.en : ''}.`,
      }),
    )
    return 0
  },
}

function tellFaults(faults: readonly FundstelleError[], terminal: Terminal): 1 {
  for (const fault of faults)
    terminal.note(`${terminal.say({ de: 'FEHLER', en: 'FAULT' })}  ${fault.detail(terminal.language)}`)
  // what was only made otherwise says itself what to do
  if (!faults.every(isMadeOtherwise)) {
    terminal.note(
      terminal.say({
        de: `${faults.length} Fehler. Ein beschädigtes Index-Abbild baut der nächste Start neu; bei einem beschädigten Artikelspeicher den Ordner wegsichern und die Artikel neu einlesen oder eine Sicherung wiederherstellen.`,
        en: `${faults.length} faults. The next start rebuilds a damaged snapshot; with a damaged article store move the folder away and index the articles again, or restore a backup.`,
      }),
    )
  }
  return 1
}

/** Everything that a cache folder has; the numbers are those of all indexes together. */
async function verified(
  { root: cache, index: inUse }: Config,
  own: Rules,
): Promise<Verification & { readonly indexes: number }> {
  if (!Registry.exists(cache)) return { ...(await verifyOne(cache, '', own)), indexes: 1 }
  const registry = Registry.open(cache)
  try {
    const indexes = registry.indexes.all()
    const faults = registryFaults(cache, registry)
    const sum = { articles: 0, backlog: 0, indexes: 0 }
    const isNamed = indexes.some(({ folder }) => folder === '')
    for (const index of [...(isNamed ? [] : [undefined]), ...indexes]) {
      const folder = index?.folder ?? ''
      // nobody has put anything into it, or it has been deleted meanwhile
      if (!ArticleStore.exists(join(cache, folder))) continue
      try {
        const one = await verifyOne(cache, folder, index === undefined ? own : rulesOf(index, own, inUse))
        sum.articles += one.articles
        sum.backlog += one.backlog
        sum.indexes += index === undefined && one.articles === 0 ? 0 : 1
        faults.push(...one.faults)
      } catch (error) {
        if (isThere(registry, index)) throw error
      }
    }
    return { ...sum, faults }
  } finally {
    registry.close()
  }
}

async function verifyOne(cache: string, folder: string, rules: Rules): Promise<Verification> {
  const path = join(cache, folder)
  const { analyzer, fingerprint } = analysedBy(rules)
  const verification = await verify(path, analyzer, fingerprint)
  return { ...verification, faults: [...verification.faults, ...(await documentFaults(path))] }
}

/** Whether an index is still there, in the same place. */
const isThere = ({ indexes }: Registry, index: NamedIndex | undefined): boolean =>
  index === undefined || indexes.all().some(({ folder }) => folder === index.folder)
