import { createInterface } from 'node:readline'
import { describeTokens } from '../analysis/explain/describe.ts'
import { openAnalysis } from '../index/open-analysis.ts'
import type { Command } from './command.ts'

export const analyzeCommand: Command = {
  name: 'analyze',
  usage: '',
  summary: {
    de: 'zeigt zu jeder Zeile der Standardeingabe, wie sie zerlegt wird (JSON)',
    en: 'shows for each line of standard input how it is taken apart (JSON)',
  },
  options: [],
  settings: ['rules', 'language'],
  arity: [0, 0],
  async run({ config }) {
    const { analyzer } = openAnalysis(config.rules)
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      const written = process.stdout.write(
        `${JSON.stringify({ text: line, tokens: describeTokens(line, analyzer) })}\n`,
      )
      if (!written) await new Promise<void>((resolve) => process.stdout.once('drain', () => resolve()))
    }
    return 0
  },
}
