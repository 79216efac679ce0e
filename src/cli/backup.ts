import { type BackupReport, backUp } from '../backup/back-up.ts'
import type { Localized } from '../errors.ts'
import type { Command } from './command.ts'
import { megabyteProgress, megabytes } from './megabytes.ts'
import { stopSignal } from './stop.ts'

export const backupCommand: Command = {
  name: 'backup',
  usage: 'FILE',
  summary: {
    de: 'sichert Artikel, Indizes, Einstellungen, Schlüssel und wartende Aufgaben in eine Datei (.tar.gz); auch während ein Server schreibt',
    en: 'backs up articles, indexes, settings, keys and waiting tasks into one file (.tar.gz); also while a server writes',
  },
  options: [],
  settings: ['cache', 'language'],
  arity: [1, 1],
  async run({ config, args, terminal }) {
    const file = args[0] as string
    const signal = stopSignal()
    const progress = megabyteProgress(terminal, { de: 'sichere, MB', en: 'backing up, MB' })
    try {
      const report = await backUp(config.cache, file, { progress, signal })
      terminal.out(terminal.say(told(report, file)))
      if (config.cluster !== null) terminal.note(terminal.say(FOLDER_ALONE))
      return 0
    } catch (error) {
      if (!signal.aborted) throw error
      terminal.note(
        terminal.say({ de: 'Angehalten: Es wurde nichts gesichert.', en: 'Stopped: nothing was backed up.' }),
      )
      return 1
    }
  },
}

const FOLDER_ALONE: Localized = {
  de: 'Gesichert ist der Cache-Ordner. Was allein im Cluster steht (Dokumente über HTTP, Schlüssel, Einstellungen, Aufgaben), sichert OpenSearch selbst: docs/SCALE.md.',
  en: 'The cache folder was backed up. What stands in the cluster alone (documents over HTTP, keys, settings, tasks) OpenSearch backs up itself: docs/SCALE.md.',
}

function told({ indexes, documents, waitingTasks, bytes }: BackupReport, file: string): Localized {
  const { de, en } = contents({ indexes, documents, waitingTasks })
  const size = megabytes(bytes)
  return { de: `Gesichert in ${file} (${size.de} MB): ${de}.`, en: `Backed up to ${file} (${size.en} MB): ${en}.` }
}

/** What a backup holds, in words. */
export function contents({
  indexes,
  documents,
  waitingTasks,
}: Pick<BackupReport, 'indexes' | 'documents' | 'waitingTasks'>): Localized {
  const de = [`${documents} Artikel`, `${indexes} ${indexes === 1 ? 'Index' : 'Indizes'}`]
  const en = [
    `${documents} ${documents === 1 ? 'article' : 'articles'}`,
    `${indexes} ${indexes === 1 ? 'index' : 'indexes'}`,
  ]
  if (waitingTasks > 0) {
    de.push(waitingTasks === 1 ? '1 wartende Aufgabe' : `${waitingTasks} wartende Aufgaben`)
    en.push(waitingTasks === 1 ? '1 waiting task' : `${waitingTasks} waiting tasks`)
  }
  return { de: de.join(', '), en: en.join(', ') }
}
