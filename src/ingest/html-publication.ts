import type { Document, Element } from 'domhandler'
import { timeOf } from '../time.ts'
import { isoDate } from './dates.ts'
import { attribute, isElement, walkTree, wordsBelow } from './dom.ts'
import { isErrorPage } from './error-page.ts'
import { jsonLdThings } from './json-ld.ts'
import { anyHead, beginsWithHead } from './loose-head.ts'
import { both, PUBLIC, type Publication, publicationOf } from './publication.ts'
import { isNoindex } from './publication-values.ts'

/** A page that shows itself for so long before it leads on is meant to be read. */
const READ_SECONDS_MIN = 10
/** One that leads on so fast is nothing but its redirect, even where it names itself as its own address. */
const ALIAS_SECONDS_MAX = 2
const DAY_MS = 86_400_000

/** What a page says of its publication: to search engines, by leading elsewhere, by being its server's answer to errors. */
export function pagePublication(
  document: Document,
  { path, text, titles }: { readonly path: string; readonly text: string; readonly titles: readonly string[] },
): Publication {
  if (isErrorPage(path, titles)) return { ...PUBLIC, state: 'errorPage' }
  let publication = headPublication(text)
  let canonical = ''
  const refreshes: string[] = []
  walkTree(document, (node) => {
    if (!isElement(node)) return 'children' in node
    // What a page without scripts shows, or a template holds, is not said of this page
    if (['noscript', 'template', 'svg', 'math'].includes(node.name)) return false
    if (node.name === 'link' && attribute(node, 'rel') === 'canonical') canonical ||= node.attribs['href']?.trim() ?? ''
    if (node.name === 'script') publication = both(publication, scriptPublication(node))
    if (node.name !== 'meta') return true
    const content = node.attribs['content'] ?? ''
    if (attribute(node, 'http-equiv') === 'refresh') refreshes.push(content)
    const isRobots = attribute(node, 'http-equiv') === 'x-robots-tag'
    // where other metadata has `property`, so has this by mistake
    const names = (attribute(node, 'name') || attribute(node, 'property')).split(/[\s,;]+/)
    if (isRobots || names.includes('robots') || names.includes('googlebot'))
      publication = both(publication, robots(content))
    return true
  })
  if (refreshes.some((content) => leadsAway(content, path, canonical))) return { ...PUBLIC, state: 'redirect' }
  return publication
}

/** `noindex`, `none`, and Google's `unavailable_after: 2027-01-01`, the day named being the last one. */
function robots(content: string): Publication {
  const rest = /unavailable_after\s*:\s*(.*)/i.exec(content)?.[1] ?? ''
  // dates of mail have a comma of their own
  const date = isoDate(rest.trim()) ?? isoDate(rest.split(',', 1)[0]) ?? isoDate(rest.split(',', 2).join(','))
  const until = date === null ? null : timeOf(date) + (date.includes('T') ? 0 : DAY_MS)
  return { ...PUBLIC, state: isNoindex(content) ? 'noindex' : null, until }
}

/** A source of Jekyll's or Eleventy's that begins with a head, as Markdown does; also one with a mistake, or that nothing ends. */
function headPublication(text: string): Publication {
  return beginsWithHead(text) ? publicationOf(anyHead(text), { place: 'head' }) : PUBLIC
}

/** What is said in JSON-LD, by schema.org's word or Contao's: the rest of it may speak of other things. */
function scriptPublication(element: Element): Publication {
  const entries = jsonLdThings(element).flatMap((thing) => Object.entries(thing))
  const isContao = entries.length > 0 && wordsBelow(element).includes('schema.contao.org')
  const said = entries.flatMap(([name, value]) => named(name, value, isContao))
  return said.length === 0 ? PUBLIC : publicationOf(said, { place: 'record' })
}

function named(name: string, said: unknown, isContao: boolean): [string, unknown][] {
  const key = name.replace(/^(?:contao:|schema:|https?:\/\/schema\.(?:contao\.)?org\/)/, '')
  if (key === 'creativeWorkStatus') return [[key, said]]
  // elsewhere these words may mean anything
  if (!isContao) return []
  if (key === 'fePreview') return said === true ? [['draft', true]] : []
  if (key === 'protected') return [['contentProtected', said]]
  return key === 'noSearch' ? [[key, said]] : []
}

/** Whether a refresh leads to another page. */
function leadsAway(content: string, path: string, canonical: string): boolean {
  const [, digits = '', rest = ''] = /^\s*(\d{0,9})[\d.]*\s*[;,\s]\s*(.*)/s.exec(content) ?? []
  const target = /^["']?\s*([^"'\s]*)/.exec(rest.replace(/^url\s*=\s*/i, ''))?.[1] ?? ''
  const seconds = Number(digits)
  // without an address it is the page itself
  if (target === '' || seconds >= READ_SECONDS_MIN || /^[#?]/.test(target)) return false
  const isElsewhere = /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(target)
  // a page that moved to another host often keeps its path
  if (isElsewhere && seconds <= ALIAS_SECONDS_MAX) return true
  return target !== canonical && addressOf(target, path) !== addressOf('', path)
}

/** The path an address leads to from this file, without what does not tell pages apart: the name `index` and the ending. */
function addressOf(target: string, path: string): string {
  const base = `http://site/${path.split('/').map(encodeURIComponent).join('/')}`
  if (!URL.canParse(target, base)) return target
  const { pathname } = new URL(target, base)
  return pathname
    .replace(/\.x?html?$/i, '')
    .replace(/\/index$/, '/')
    .replace(/\/$/, '')
}
