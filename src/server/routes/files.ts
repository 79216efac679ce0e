import { type Context, Hono } from 'hono'
import type { Asset, Assets } from '../http/assets.ts'
import { IMMUTABLE } from '../http/caching.ts'
import { encodingFor, namedTag } from '../http/negotiate.ts'
import { TEXTS } from '../pages/texts.ts'
import { languageFor } from './context.ts'

/** Asked for again after an hour, shown meanwhile for a day. */
const UNVERSIONED = 'public, max-age=3600, stale-while-revalidate=86400'

/** The name of a file that never changes its content. */
export const versionedName = (name: string, { version }: Asset): string => name.replace(/\.(\w+)$/, `-${version}.$1`)

/** Files for browsers, each under its name, and under one with its version, which can be kept for ever. */
export function fileRoutes({ pageCss, pageJs, embedJs, icon }: Assets): Hono {
  const app = new Hono()
  const files: readonly [name: string, asset: Asset, isForOthers: boolean][] = [
    ['page.css', pageCss, false],
    ['page.js', pageJs, false],
    ['embed.js', embedJs, true],
    ['icon.svg', icon, false],
  ]
  for (const [name, asset, isForOthers] of files) {
    app.get(`/${name}`, (c) => answer(c, asset, UNVERSIONED, isForOthers))
    app.get(`/${versionedName(name, asset)}`, (c) => answer(c, asset, IMMUTABLE, isForOthers))
  }
  app.get('/opensearch.xml', (c) => {
    const language = languageFor(c)
    return c.body(openSearch(rootOf(c), TEXTS[language].search, language), 200, {
      'content-type': 'application/opensearchdescription+xml; charset=utf-8',
      'cache-control': UNVERSIONED,
      vary: 'Accept-Language, Host, X-Forwarded-Proto, X-Forwarded-Host, X-Forwarded-Prefix',
    })
  })
  return app
}

function answer(c: Context, asset: Asset, control: string, isForOthers: boolean): Response {
  const encoding = encodingFor(c.req.header('accept-encoding'))
  const tag = `"${asset.version}${encoding === null ? '' : `-${encoding}`}"`
  c.header('etag', tag)
  c.header('cache-control', control)
  c.header('vary', 'Accept-Encoding')
  if (isForOthers) {
    // a script that says nothing of anybody: other sites may load it, also with an integrity hash
    c.header('access-control-allow-origin', '*')
    c.header('cross-origin-resource-policy', 'cross-origin')
  }
  if (namedTag(c.req.header('if-none-match'), [tag]) !== null) return c.body(null, 304)
  c.header('content-type', asset.type)
  if (encoding === null) return c.body(asset.plain)
  c.header('content-encoding', encoding)
  return c.body(encoding === 'br' ? asset.br : asset.gzip)
}

/** Below which path a proxy has put this server. */
const PREFIX = /^(?:\/[\w.~-]+)*\/?$/

/** Where a browser finds this server, also behind a proxy that tells. */
function rootOf(c: Context): string {
  const url = new URL(c.req.url)
  const first = (name: string): string | undefined => c.req.header(name)?.split(',')[0]?.trim()
  const scheme = first('x-forwarded-proto') === 'https' ? 'https:' : url.protocol
  const host = first('x-forwarded-host') ?? url.host
  const prefix = first('x-forwarded-prefix') ?? ''
  const below = PREFIX.test(prefix) ? prefix.replace(/\/$/, '') : ''
  return (URL.canParse(`${scheme}//${host}`) ? new URL(`${scheme}//${host}`).origin : url.origin) + below
}

const xml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] as string)

/** OpenSearch 1.1, for the search bars of browsers. */
function openSearch(root: string, name: string, language: string): string {
  const url = (type: string, path: string): string =>
    `<Url type="${type}" method="get" template="${xml(`${root}${path}`)}"/>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>${xml(name)}</ShortName>
<Description>${xml(`${name}: ${new URL(root).host}`.slice(0, 1024))}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Language>${language}</Language>
<Image type="image/svg+xml">${xml(`${root}/icon.svg`)}</Image>
${url('text/html', '/?q={searchTerms}')}
${url('application/json', '/search?q={searchTerms}')}
${url('application/x-suggestions+json', '/suggest?format=opensearch&q={searchTerms}')}
${url('application/opensearchdescription+xml', '/opensearch.xml').replace('<Url ', '<Url rel="self" ')}
</OpenSearchDescription>
`
}
