import { SETTINGS } from '../config.ts'
import type { Command } from './command.ts'
import { exitCodeOf, runUpdate, updateOptionsOf } from './index-files.ts'
import { runServer } from './serve.ts'
import { exitWhenStopped } from './stop.ts'

export const startCommand: Command = {
  name: 'start',
  usage: '',
  summary: {
    de: 'liest ein, was FUNDSTELLE_ARTICLES nennt, und beantwortet dann Suchen',
    en: 'indexes what FUNDSTELLE_ARTICLES names, then answers searches',
  },
  options: [],
  arity: [0, 0],
  async run({ config, terminal }) {
    const keepGoing = exitWhenStopped()
    // the examples of a first start give way to the owner's articles
    const without = [SETTINGS.articles.fallback]
    const report = await runUpdate({ ...updateOptionsOf(config, config.articles, terminal), without }, terminal)
    keepGoing()
    const code = exitCodeOf(report, false)
    if (code !== 0) return code
    await runServer(config, [], terminal)
    return 0
  },
}
