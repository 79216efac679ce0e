import { restore } from '../backup/restore.ts'
import { contents } from './backup.ts'
import type { Command } from './command.ts'
import { megabyteProgress } from './megabytes.ts'
import { stopSignal } from './stop.ts'

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'FILE [--force]',
  summary: {
    de: 'stellt eine Sicherung in einem leeren Ordner wieder her; der Server muss dafür beendet sein',
    en: 'restores a backup to an empty folder; the server has to be ended for it',
  },
  options: [
    {
      name: 'force',
      value: null,
      help: {
        de: 'auch wenn der Ordner nicht leer ist: was er hat, wird darin beiseitegelegt',
        en: 'also where the folder is not empty: what it has is put aside within it',
      },
    },
  ],
  settings: ['cache', 'language'],
  arity: [1, 1],
  async run({ config, args, options, terminal }) {
    const signal = stopSignal()
    const progress = megabyteProgress(terminal, { de: 'lese, MB', en: 'reading, MB' })
    try {
      const force = options.has('force')
      const { madeAt, putAside, ...report } = await restore(config.cache, args[0] as string, {
        force,
        progress,
        signal,
      })
      const { de, en } = contents(report)
      terminal.out(
        terminal.say({
          de: `Wiederhergestellt in ${config.cache}, Stand ${madeAt}: ${de}. Die Indizes baut der nächste Start.`,
          en: `Restored to ${config.cache}, state of ${madeAt}: ${en}. The next start builds the indexes.`,
        }),
      )
      if (putAside !== null)
        terminal.note(
          terminal.say({
            de: `Was vorher dort lag, liegt jetzt in ${putAside} und kann gelöscht werden, wenn alles stimmt.`,
            en: `What was there before is in ${putAside} now and can be deleted once all is well.`,
          }),
        )
      return 0
    } catch (error) {
      if (!signal.aborted) throw error
      terminal.note(terminal.say({ de: 'Angehalten: Es wurde nichts verändert.', en: 'Stopped: nothing was changed.' }))
      return 1
    }
  },
}
