import { FundstelleError } from '../errors.ts'
import { ArticleStore } from '../store/article-store.ts'
import type { Command } from './command.ts'
import { runUpdate, updateOptionsOf } from './index-files.ts'
import { placed } from './index-place.ts'

export const removeCommand: Command = {
  name: 'remove',
  usage: 'PATH…',
  summary: {
    de: 'nimmt die Artikel von Dateien und Ordnern aus dem Index; die Dateien selbst bleiben',
    en: 'takes the articles of files and folders out of the index; the files themselves stay',
  },
  options: [],
  settings: ['cache', 'index', 'rules', 'language'],
  arity: [1, Number.POSITIVE_INFINITY],
  async run({ config: given, args, terminal }) {
    const config = placed(given, false)
    if (!ArticleStore.exists(config.cache)) throw new FundstelleError('cache_missing', { path: config.cache })
    const { files } = await runUpdate({ ...updateOptionsOf(config, [], terminal), without: args }, terminal)
    if (files.gone === 0) throw new FundstelleError('nothing_removed', { paths: args.join(', ') })
    return 0
  },
}
