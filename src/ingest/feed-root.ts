import { prologOf } from './prolog.ts'

/** The tag of a root element is looked for in so many characters; feeds declare dozens of namespaces there. */
const ROOT_LENGTH_MAX = 4000

/** Feeds that are XML, told by the root element; other XML is none of our business. */
export function isXmlFeed(text: string): boolean {
  const { end } = prologOf(text)
  const root = /^<(?:[\w-]+:)?(rss|feed|rdf)(?=[\s>])[^>]*>/i.exec(text.slice(end, end + ROOT_LENGTH_MAX))
  if (root === null) return false
  const name = root[1]?.toLowerCase()
  if (name === 'feed') return /w3\.org\/2005\/Atom|purl\.org\/atom/i.test(root[0])
  return name === 'rss' || /purl\.org\/rss\/|netscape\.com\/rdf/i.test(root[0])
}

/** JSON Feed, told by its `version`, which the format demands. Some writers escape slashes. */
export function isJsonFeed(text: string): boolean {
  return text.trimStart().startsWith('{') && /"version"\s*:\s*"https?:[\\/]+(www\.)?jsonfeed\.org/i.test(text)
}

/** What a file begins with, for those who expected a feed: `<html>`, or its first words. */
export function beginningOf(text: string): string {
  const { end } = prologOf(text)
  const start = text.slice(end, end + 200)
  return /^<[\w:-]+/.exec(start)?.[0].concat('>') ?? (/\S[^\n]{0,30}/.exec(start)?.[0].trim() || '…')
}
