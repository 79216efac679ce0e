/** Feeds that are XML, told by the root element; other XML is none of our business. */
export function isXmlFeed(text: string): boolean {
  const root = /^<(?:[\w-]+:)?(rss|feed|rdf)(?=[\s>])[^>]*>/i.exec(afterProlog(text))
  if (root === null) return false
  const name = root[1]?.toLowerCase()
  if (name === 'feed') return /w3\.org\/2005\/Atom|purl\.org\/atom/i.test(root[0])
  return name === 'rss' || /purl\.org\/rss\/|netscape\.com\/rdf/i.test(root[0])
}

/** JSON Feed, told by its `version`, which the format demands. Some writers escape slashes. */
export function isJsonFeed(text: string): boolean {
  return text.trimStart().startsWith('{') && /"version"\s*:\s*"https?:[\\/]+(www\.)?jsonfeed\.org/i.test(text)
}

/** The text from the root element on: declarations, comments and the document type left out. */
function afterProlog(text: string): string {
  let at = 0
  for (;;) {
    while (at < text.length && /\s/.test(text[at] ?? '')) at++
    const end = text.startsWith('<?', at)
      ? text.indexOf('?>', at) + 1
      : text.startsWith('<!--', at)
        ? text.indexOf('-->', at) + 2
        : text.startsWith('<!', at)
          ? text.indexOf('>', at)
          : -1
    if (end <= at) return text.slice(at, at + 4000)
    at = end + 1
  }
}
