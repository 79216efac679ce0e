import { IgnoreRules } from './ignore-rules.ts'
import type { Pairs, SettingsPlace, SiteRule } from './site-rule.ts'

/** Alternatives in brackets, as in `{/blog/**,/news/**}`, of one pattern. */
const ALTERNATIVES_MAX = 64
/** The language in the name of a file: `_index.de.md`, `beitrag.pt-br.md`. */
const LANGUAGE = /\.([a-z]{2,3}(?:-[a-z]{2,4})?)\.[a-z]+$/i
const LANGUAGE_FOLDER = /^\/[a-z]{2}(?:-[a-z]{2})?(?=\/)/
const SECTION = /(?:^|\/)_index(?:\.[^/]*)?$/i

/**
 * The rules of `cascade`, by which a section of Hugo's, or its settings, give values to all pages below: one table of values, or a
 * list of them, each with the `target` it holds for (`_target` until 2022).
 * @see https://gohugo.io/content-management/front-matter/#cascade
 */
export function cascadeRules(cascade: unknown, place: SettingsPlace): readonly SiteRule[] {
  const language = languageOf(place.name)
  return [cascade].flat().flatMap((one) => {
    if (!isObject(one)) return []
    const { target, _target: before, ...values } = one
    const aim = isObject(target) ? target : isObject(before) ? before : {}
    if (!alternatives(aim['environment'] ?? 'production').some((name) => /^(?:production|\*+)$/.test(name))) return []
    const conditions = [
      ofLanguage(language ?? undefined),
      ofLanguage(aim['lang']),
      ofKind(aim['kind']),
      ofPath(aim, place),
    ]
    const given: Pairs = Object.entries(values)
    return [{ values: given, applies: (path: string) => conditions.every((holds) => holds(path)) }]
  })
}

type Condition = (path: string) => boolean
const always: Condition = () => true

function ofLanguage(languages: unknown): Condition {
  if (languages === undefined) return always
  const named = alternatives(languages)
  return (path) => named.includes(languageOf(path) ?? /(?:^|\/)([a-z]{2})\//.exec(path)?.[1] ?? '')
}

function ofKind(kinds: unknown): Condition {
  if (kinds === undefined) return always
  const named = alternatives(kinds)
  const [takesPages, takesSections] = [named.includes('page'), named.some((kind) => kind !== 'page')]
  return (path) => (SECTION.test(path) ? takesSections : takesPages)
}

/** Patterns are of logical paths: below the folder of contents, in lower case and without the ending. */
function ofPath({ path: pattern }: Readonly<Record<string, unknown>>, { folder }: SettingsPlace): Condition {
  if (pattern === undefined) return always
  const contents = folder.lastIndexOf('/content/')
  const above = contents < 0 ? null : folder.slice(contents + '/content'.length)
  // where the contents begin is not known from elsewhere
  const patterns = alternatives(pattern).map((one) => (above === null ? `**${one}` : one))
  const rules = IgnoreRules.of(patterns)
  return (path) => {
    const logical = logicalPath((above ?? '/') + path)
    return [logical, logical.replace(LANGUAGE_FOLDER, '')].some((one) => rules.leavesOut(one))
  }
}

function logicalPath(path: string): string {
  const plain = path
    .toLowerCase()
    .replace(LANGUAGE, '')
    .replace(/\.[a-z]+$/, '')
  return plain.replace(/\/_?index$/, '').replaceAll(' ', '-') || '/'
}

function languageOf(path: string): string | null {
  return LANGUAGE.exec(path)?.[1]?.toLowerCase() ?? null
}

/** The patterns that one with brackets stands for, in lower case. */
function alternatives(pattern: unknown): readonly string[] {
  let found = [pattern]
    .flat()
    .filter((one) => typeof one === 'string')
    .map((one) => one.toLowerCase())
  for (;;) {
    const next = found.flatMap((one) => {
      const group = /\{([^{}]*)\}/.exec(one)
      if (group === null) return [one]
      const [before, after] = [one.slice(0, group.index), one.slice(group.index + group[0].length)]
      return (group[1] ?? '').split(',').map((part) => before + part.trim() + after)
    })
    if (next.length > ALTERNATIVES_MAX || next.every((one, at) => one === found[at])) return found
    found = next
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
