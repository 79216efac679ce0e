import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { analysedBy } from '../index/open-analysis.ts'
import { readersFingerprint } from '../ingest/fingerprint.ts'
import { IgnoreRules } from '../ingest/ignore-rules.ts'
import { watchDue } from '../update/due-watch.ts'
import type { UpdateOptions } from '../update/options.ts'
import type { Refusal, UpdateReport } from '../update/report.ts'
import { update } from '../update/update.ts'
import { watch } from '../update/watch.ts'
import { asOnlyWriter, writeToCluster } from './cluster-place.ts'
import type { Command } from './command.ts'
import { tellComplaints } from './complaints.ts'
import { mustBeEmbedded } from './embedded-only.ts'
import { readLine, skippedLines } from './file-types.ts'
import { placed, rulesAt } from './index-place.ts'
import { leftOutLines, leftOutNames, publishedWords } from './left-out.ts'
import { reportSaver } from './report-file.ts'
import { stopSignal, whenAborted } from './stop.ts'
import type { Terminal } from './terminal.ts'

const INDEX = { de: 'indiziere', en: 'indexing' }
const READ = { de: 'lese Dateien', en: 'reading files' }

export const indexCommand: Command = {
  name: 'index',
  usage: 'PATH…',
  summary: {
    de: 'liest Dateien und Ordner in den Index ein; was dort verschwunden ist, verschwindet auch hier',
    en: 'reads files and folders into the index; what vanished there leaves it here too',
  },
  options: [
    {
      name: 'watch',
      value: null,
      help: { de: 'läuft weiter und nimmt jede Änderung auf', en: 'goes on and takes in every change' },
    },
    {
      name: 'strict',
      value: null,
      help: {
        de: 'Ende mit 1, wenn etwas abgelehnt wurde; mit --watch sobald etwas abgelehnt wird',
        en: 'exits 1 if anything was refused; with --watch as soon as anything is',
      },
    },
    {
      name: 'exclude',
      value: 'PATTERN',
      help: {
        de: 'liest nicht, was zum Muster passt, wie in .gitignore; mehrfach möglich. Auf Dauer: Datei .fundstelleignore im Ordner',
        en: 'passes over what fits the pattern, as in .gitignore; may be repeated. For good: a file .fundstelleignore in the folder',
      },
    },
    {
      name: 'report',
      value: 'FILE',
      help: {
        de: 'schreibt als JSON, was gelesen, übersprungen, abgelehnt und ausgelassen wurde',
        en: 'writes as JSON what was read, skipped, refused and left out',
      },
    },
  ],
  settings: ['cache', 'index', 'maxFileMb', 'drafts', 'base', 'rules', 'language'],
  arity: [1, Number.POSITIVE_INFINITY],
  async run({ config: given, args, options, terminal }) {
    const config = placed(given, true)
    // heard from the beginning: the first update may take long
    const stop = stopSignal()
    const exclude = options.get('exclude') ?? []
    // one that is of no use is told before anything is done
    IgnoreRules.of(exclude)
    const updateOptions = { ...updateOptionsOf(config, args, terminal), exclude, signal: stop }
    const strict = options.has('strict')
    const reportFile = options.get('report')?.at(-1)
    const save = reportFile === undefined ? () => {} : reportSaver(reportFile, terminal.language)
    if (options.has('watch')) mustBeEmbedded(config, 'index --watch')
    if (!options.has('watch')) {
      const readIn = async (): Promise<UpdateReport> => {
        const report = await runUpdate(updateOptions, terminal)
        save(report)
        return report
      }
      const { cluster } = config
      if (cluster === null) return exitCodeOf(await readIn(), strict)
      // who would have to wait for another writer is told so before anything is read
      return asOnlyWriter(cluster, config.index, terminal, stop, async (lease) => {
        const report = await readIn()
        await writeToCluster('feed', cluster, config, lease, terminal, stop)
        return exitCodeOf(report, strict)
      })
    }
    let isRefused = false
    let giveUp: () => void = () => {}
    const refused = new Promise<void>((resolve) => {
      giveUp = resolve
    })
    const tellError = (error: unknown): void =>
      terminal.note(error instanceof FundstelleError ? error.detail(terminal.language) : String(error))
    const watching = await untilStopped(
      watch(
        updateOptions,
        (report, news) => {
          printReport(report, terminal, news)
          try {
            save(report)
          } catch (error) {
            tellError(error)
          }
          isRefused ||= strict && report.refusals.length > 0
          if (isRefused) giveUp()
        },
        tellError,
      ),
      terminal,
    )
    if (watching === null) return 0
    const due = await watchDue({
      folders: () => [config.cache],
      onPublished: (published) => terminal.out(terminal.say(publishedWords(published))),
      onError: tellError,
    })
    await Promise.race([whenAborted(stop), refused])
    // what was not taken in, or is not in the snapshot yet, is so when the cache is opened the next time
    await due.close()
    await watching.close()
    return isRefused ? 1 : 0
  },
}

/** For work that ends when it is asked to and does not fail by that: says what stays of it, and gives null. */
export async function untilStopped<T>(work: Promise<T>, terminal: Terminal): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof FundstelleError && error.code === 'stopped')) throw error
    terminal.note(error.detail(terminal.language))
    return null
  }
}

export function updateOptionsOf(config: Config, paths: readonly string[], terminal: Terminal): UpdateOptions {
  return {
    cache: config.cache,
    paths,
    maxFileBytes: config.maxFileBytes,
    drafts: config.drafts,
    base: config.base,
    ...analysedBy(rulesAt(config)),
    readersFingerprint: readersFingerprint(),
    snapshot: 'deferred',
    onProgress: ({ phase, done, total }) => terminal.progress(phase === 'read' ? READ : INDEX, done, total),
  }
}

/** Updates and prints what came of it. */
export async function runUpdate(options: UpdateOptions, terminal: Terminal): Promise<UpdateReport> {
  const report = await update(options)
  printReport(report, terminal)
  for (const line of leftOutNames(report.leftOut, terminal.language)) terminal.out(line)
  return report
}

/** 1 where there was something to read and nothing of it could be read, or where strictness asks for it. What is not public was read. */
export function exitCodeOf(report: UpdateReport, strict: boolean): number {
  const { refused, added, changed, same, files, leftOut } = report
  if (strict && refused > 0) return 1
  const isLeftOut = files.read > 0 && Object.keys(leftOut.counts).length > 0
  const isRead = added + changed + same + files.unchanged > 0 || isLeftOut
  return !isRead && refused + files.skipped > 0 ? 1 : 0
}

function printReport(report: UpdateReport, terminal: Terminal, toPrint: readonly Refusal[] = report.refusals): void {
  const { language } = terminal
  for (const { file, line, error } of toPrint) {
    const place = line === null ? file : `${file}:${line}`
    terminal.note(`${terminal.say({ de: 'abgelehnt', en: 'refused' })}  ${place}  ${error.detail(language)}`)
  }
  for (const { file, line, error } of report.warnings) {
    const place = line === null ? file : `${file}:${line}`
    terminal.note(`${terminal.say({ de: 'Hinweis', en: 'note' })}  ${place}  ${error.detail(language)}`)
  }
  tellComplaints(report.complaints, terminal, true)
  const { files, added, changed, removed, articles, refused } = report
  const seconds = report.seconds.toFixed(2)
  terminal.out(
    terminal.say({
      de: `Dateien: ${files.read} gelesen, ${files.unchanged} unverändert, ${files.gone} verschwunden, ${files.skipped} übersprungen`,
      en: `Files: ${files.read} read, ${files.unchanged} unchanged, ${files.gone} gone, ${files.skipped} skipped`,
    }),
  )
  terminal.out(
    terminal.say({
      de: `Artikel: ${added} neu, ${changed} geändert, ${removed} entfernt, ${refused} abgelehnt; ${articles} im Index (${seconds.replace('.', ',')} s)`,
      en: `Articles: ${added} new, ${changed} changed, ${removed} removed, ${refused} refused; ${articles} in the index (${seconds} s)`,
    }),
  )
  const readTypes = readLine(report.read, language)
  if (readTypes !== null) terminal.out(readTypes)
  for (const line of skippedLines(report.skipped, language)) terminal.out(line)
  for (const line of leftOutLines(report.leftOut, language)) terminal.out(line)
}
