import { type ErrorParam, FundstelleError } from '../errors.ts'

/** How far an update has come: how many of the files that are to be read it has read. Null until they are known. */
export type ReadProgress = { readonly done: number; readonly total: number } | null

/** Says of an update that was stopped what stays of it. */
export function stopped(reading: ReadProgress): FundstelleError {
  return new FundstelleError('stopped', { what: whatStays(reading) })
}

function whatStays(reading: ReadProgress): ErrorParam {
  if (reading === null)
    return {
      de: 'Noch war keine Datei gelesen; was schon im Index war, bleibt',
      en: 'no file had been read yet; what was in the index before stays',
    }
  const { done, total } = reading
  if (done < total)
    return {
      de: `${done} von ${total} Dateien sind gelesen, ihre Artikel bleiben; die übrigen werden beim nächsten Mal gelesen`,
      en: `${done} of ${total} files are read, their articles stay; the others are read the next time`,
    }
  return {
    de: 'Alle Dateien sind gelesen, ihre Artikel bleiben; der Index wird beim nächsten Öffnen nachgeführt',
    en: 'all files are read, their articles stay; the index is brought up to date when it is opened the next time',
  }
}
