import { FundstelleError } from '../errors.ts'
import { verify } from '../index/snapshot/verify.ts'
import { ArticleStore } from '../store/article-store.ts'
import type { Command } from './command.ts'
import { isMadeOtherwise } from './complaints.ts'
import { analysisAt, placed } from './index-place.ts'

export const checkCommand: Command = {
  name: 'check',
  usage: '',
  summary: {
    de: 'prüft Artikelspeicher und Index: Prüfsummen, Zahlen, ein Neubau zum Vergleich',
    en: 'verifies store and index: checksums, counts, one rebuild compared',
  },
  options: [],
  settings: ['cache', 'index', 'rules', 'language'],
  arity: [0, 0],
  async run({ config: given, terminal }) {
    const config = placed(given, false)
    if (!ArticleStore.exists(config.cache)) throw new FundstelleError('cache_missing', { path: config.cache })
    const { analyzer, fingerprint } = analysisAt(config)
    const { articles, backlog, faults } = await verify(config.cache, analyzer, fingerprint)
    for (const fault of faults)
      terminal.note(`${terminal.say({ de: 'FEHLER', en: 'FAULT' })}  ${fault.detail(terminal.language)}`)
    // what was only made otherwise says itself what to do
    if (!faults.every(isMadeOtherwise)) {
      terminal.note(
        terminal.say({
          de: `${faults.length} Fehler. Ein beschädigtes Index-Abbild baut der nächste Start neu; bei einem beschädigten Artikelspeicher den Ordner wegsichern und die Artikel neu einlesen.`,
          en: `${faults.length} faults. The next start rebuilds a damaged snapshot; with a damaged article store move the folder away and index the articles again.`,
        }),
      )
    }
    if (faults.length > 0) return 1
    const waiting = {
      de: backlog === 1 ? ' (1 Änderung noch nicht im Abbild)' : ` (${backlog} Änderungen noch nicht im Abbild)`,
      en: backlog === 1 ? ' (1 change not in the snapshot yet)' : ` (${backlog} changes not in the snapshot yet)`,
    }
    terminal.out(
      terminal.say({
        de: `In Ordnung: ${articles} Artikel, Index und Speicher stimmen überein${backlog > 0 ? waiting.de : ''}.`,
        en: `Sound: ${articles} articles, index and store agree${backlog > 0 ? waiting.en : ''}.`,
      }),
    )
    return 0
  },
}
