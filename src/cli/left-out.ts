import type { Language, Localized } from '../errors.ts'
import type { LeftOut } from '../update/left-out.ts'

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
