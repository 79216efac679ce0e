import { closeSync, openSync, writeFileSync } from 'node:fs'
import { FundstelleError, type Language } from '../errors.ts'
import { systemReason } from '../system-reason.ts'
import type { Refusal, UpdateReport } from '../update/report.ts'
import { remedyFor } from './file-types.ts'

/**
 * Writes reports to a file, each in the place of the one before.
 * @throws FundstelleError `report_unwritable`, at once where it cannot be written at all
 */
export function reportSaver(path: string, language: Language): (report: UpdateReport) => void {
  const attempt = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      throw new FundstelleError('report_unwritable', { path, reason: systemReason(error) }, { cause: error })
    }
  }
  attempt(() => closeSync(openSync(path, 'a')))
  return (report) => attempt(() => writeFileSync(path, `${JSON.stringify(reportJson(report, language), null, 2)}\n`))
}

/** A report as data; reasons in the language that was asked for. */
export function reportJson(report: UpdateReport, language: Language) {
  const { files, added, changed, removed, same, refused, articles, seconds, leftOut } = report
  const told = ({ file, line, error }: Refusal) => ({ file, line, code: error.code, reason: error.detail(language) })
  return {
    files,
    articles: { added, changed, removed, same, refused, indexed: articles },
    seconds,
    skipped: report.skipped.map((type) => ({ ...type, remedy: remedyFor(type)?.[language] ?? null })),
    refused: report.refusals.map(told),
    warnings: report.warnings.map(told),
    leftOut: {
      counts: leftOut.counts,
      nextAt: leftOut.nextAt === null ? null : new Date(leftOut.nextAt).toISOString(),
      folders: leftOut.folders,
      files: leftOut.files,
    },
    complaints: report.complaints.map((error) => ({ code: error.code, reason: error.detail(language) })),
  }
}
