import { relative } from 'node:path'
import type { Language, Localized } from '../errors.ts'
import type { LeftOut, LeftOutFile } from '../update/left-out.ts'

type Name = (count: number) => Localized

const same =
  (de: string, en: string): Name =>
  (count) => ({ de: `${count} ${de}`, en: `${count} ${en}` })
const noun =
  (de: readonly [string, string], en: readonly [string, string]): Name =>
  (count) => ({ de: `${count} ${de[count === 1 ? 0 : 1]}`, en: `${count} ${en[count === 1 ? 0 : 1]}` })

/** What `--drafts` takes in, in the order in which it is told. */
const NOT_PUBLIC: Readonly<Record<string, Name>> = {
  draft: noun(['Entwurf', 'Entwürfe'], ['draft', 'drafts']),
  private: same('privat', 'private'),
  hidden: same('versteckt', 'hidden'),
  noindex: same('noindex', 'noindex'),
  scheduled: same('geplant', 'scheduled'),
  expired: same('abgelaufen', 'expired'),
  archived: same('archiviert', 'archived'),
  deleted: same('gelöscht', 'deleted'),
}
const NO_ARTICLES: Readonly<Record<string, Name>> = {
  redirect: noun(['Weiterleitung', 'Weiterleitungen'], ['redirect', 'redirects']),
  errorPage: noun(['Fehlerseite', 'Fehlerseiten'], ['error page', 'error pages']),
  attachment: noun(['Anhang', 'Anhänge'], ['attachment', 'attachments']),
  part: noun(
    ['Baustein (Menü, Fassung, Vorlage …)', 'Bausteine (Menüs, Fassungen, Vorlagen …)'],
    ['part (menu, revision, template …)', 'parts (menus, revisions, templates …)'],
  ),
}
const TYPE = 'type:'
/** So many kinds of records, and folders, are named one by one. */
const NAMED_MAX = 8

/** What was left out, by kind: one line for what is not public, one for what is no article; none where there is nothing. */
export function leftOutLines({ counts, nextAt, folders }: LeftOut, language: Language): string[] {
  const namesOf = (names: Readonly<Record<string, Name>>): string[] =>
    Object.entries(names).flatMap(([state, name]) => {
      const count = counts[state] ?? 0
      if (count === 0) return []
      return name(count)[language] + (state === 'scheduled' && nextAt !== null ? ` (${since(nextAt, language)})` : '')
    })
  const types = Object.entries(counts).filter(([state]) => state.startsWith(TYPE))
  const notPublic = namesOf(NOT_PUBLIC)
  const others = [
    ...namesOf(NO_ARTICLES),
    ...types.slice(0, NAMED_MAX).map(([state, count]) => `${count} × ${state.slice(TYPE.length)}`),
    ...(types.length > NAMED_MAX ? ['…'] : []),
    ...foldersTold(folders, language),
  ]
  const line = (words: Localized, list: readonly string[]): string[] =>
    list.length === 0 ? [] : [`${words[language]}: ${list.join(', ')}`]
  return [
    ...line({ de: 'Nicht öffentlich', en: 'Not public' }, notPublic),
    ...line({ de: 'Keine Artikel', en: 'No articles' }, others),
  ]
}

/** So many articles of each state are named. */
const ARTICLES_NAMED_MAX = 5

/** The first articles that were left out, a line for each state of what is not public: `  Entwürfe: export.xml:12 „Titel“, …`. */
export function leftOutNames({ files }: LeftOut, language: Language): string[] {
  return Object.keys(NOT_PUBLIC).flatMap((state) => {
    const named = files.filter((file) => file.state === state).flatMap((file) => articlesIn(file, language))
    if (named.length === 0) return []
    const count = files.reduce((sum, file) => sum + (file.state === state ? file.count : 0), 0)
    const shown = named.slice(0, ARTICLES_NAMED_MAX)
    const label = (NOT_PUBLIC[state]?.(2)[language] ?? '').replace('2 ', '')
    return [`  ${label}: ${[...shown, ...(count > shown.length ? ['…'] : [])].join(', ')}`]
  })
}

/** Where articles of a file stand, and what they are called; of one that is a file of its own the file tells where. */
function articlesIn({ file, count, articles }: LeftOutFile, language: Language): string[] {
  const name = relative('', file)
  return articles.map(({ title, line }) => {
    const place = line === null || (line === 1 && count === 1) ? name : `${name}:${line}`
    return title === '' ? place : `${place} ${{ de: `„${title}“`, en: `“${title}”` }[language]}`
  })
}

/** What appeared and went because its time had come, while the program ran. */
export function publishedWords({ added, removed }: { readonly added: number; readonly removed: number }) {
  return {
    de: `Zur geplanten Zeit: ${added} erschienen, ${removed} abgelaufen`,
    en: `At the time planned: ${added} appeared, ${removed} expired`,
  }
}

function foldersTold(folders: readonly string[], language: Language): string[] {
  if (folders.length === 0) return []
  const name = noun(['Ordner', 'Ordner'], ['folder', 'folders'])(folders.length)[language]
  const more = folders.length > NAMED_MAX ? ', …' : ''
  return [`${name} (${folders.slice(0, NAMED_MAX).join(', ')}${more})`]
}

/** A day where it begins at that moment, which is at 00:00 UTC; else the minute. */
function since(at: number, language: Language): string {
  const [day = '', clock = ''] = new Date(at).toISOString().split('T')
  const time = clock.startsWith('00:00') ? day : `${day} ${clock.slice(0, 5)} UTC`
  return `${{ de: 'das nächste ab', en: 'the next from' }[language]} ${time}`
}
