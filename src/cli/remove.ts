import type { Command } from './command.ts'
import { runUpdate, updateOptionsOf } from './index-files.ts'

export const removeCommand: Command = {
  name: 'remove',
  usage: 'PATH…',
  summary: {
    de: 'nimmt die Artikel von Dateien und Ordnern aus dem Index; die Dateien selbst bleiben',
    en: 'takes the articles of files and folders out of the index; the files themselves stay',
  },
  options: [],
  arity: [1, Number.POSITIVE_INFINITY],
  async run({ config, args, terminal }) {
    await runUpdate({ ...updateOptionsOf(config, [], terminal), without: args }, terminal)
    return 0
  },
}
