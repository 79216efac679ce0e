import { fileURLToPath } from 'node:url'
import type { Command } from './command.ts'
import { mustBeEmbedded } from './embedded-only.ts'
import { exitCodeOf, runUpdate, untilStopped, updateOptionsOf } from './index-files.ts'
import { placed } from './index-place.ts'
import { addressMustBeFree } from './listening.ts'
import { masterKeyFor } from './master-key.ts'
import { runServer, SERVING } from './serve.ts'
import { stopSignal } from './stop.ts'

/** The examples that come with the program. */
const SEEDS = fileURLToPath(new URL('../../seeds', import.meta.url))

export const startCommand: Command = {
  name: 'start',
  usage: '',
  summary: {
    de: 'liest ein, was FUNDSTELLE_ARTICLES nennt, und beantwortet dann Suchen',
    en: 'indexes what FUNDSTELLE_ARTICLES names, then answers searches',
  },
  options: [],
  settings: ['articles', ...SERVING],
  arity: [0, 0],
  async run({ config: given, terminal }) {
    mustBeEmbedded(given, 'start')
    const config = placed(given, true)
    const stop = stopSignal()
    // mostly another Fundstelle is there, which would get other articles, and this one would end all the same
    await addressMustBeFree(config)
    // a key that will not do is told before anything is read in; what is only unwise, when it serves
    masterKeyFor(config, { note() {}, say: (words) => terminal.say(words) })
    // the examples of a first start give way to the owner's articles
    const without = [SEEDS]
    const options = updateOptionsOf(config, config.articles, terminal)
    const report = await untilStopped(
      runUpdate({ ...options, without, mayBeMissing: 'known', signal: stop }, terminal),
      terminal,
    )
    if (report === null) return 0
    // what could be read before is served, whatever was refused or is missing now; so is a folder that has no articles yet
    if (report.articles === 0 && report.refused > 0 && exitCodeOf(report, false) !== 0) return 1
    await runServer(config, [], terminal, stop)
    return 0
  },
}
