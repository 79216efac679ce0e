import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** A file for browsers, ready in every encoding. */
export interface Asset {
  readonly type: string
  readonly plain: Uint8Array<ArrayBuffer>
  readonly br: Uint8Array<ArrayBuffer>
  readonly gzip: Uint8Array<ArrayBuffer>
  /** Names its content, in the letters an address may have. */
  readonly version: string
  /** For the `integrity` of a script element. */
  readonly integrity: string
}

/** Everything that the server hands to browsers as it is. */
export interface Assets {
  readonly pageCss: Asset
  readonly pageJs: Asset
  readonly embedJs: Asset
  readonly icon: Asset
}

const SCRIPT = 'text/javascript; charset=utf-8'
const STYLE = 'text/css; charset=utf-8'

/** Where the build leaves them: beside this file's folder, or, while this file runs uncompiled, where it would be then. */
const PLACES = ['../../browser/', '../../../dist/browser/'].map((place) => new URL(place, import.meta.url))

const VERSION_LENGTH = 12

/** @throws Error where the project has not been built */
export function readAssets(): Assets {
  const place = PLACES.find((one) => existsSync(new URL('embed.js', one)))
  if (place === undefined) throw new Error('the files for browsers are missing: npm run build makes them')
  const asset = (name: string, type: string): Asset => assetOf(readFileSync(new URL(name, place)), type)
  return {
    pageCss: asset('page.css', STYLE),
    pageJs: asset('page.js', SCRIPT),
    embedJs: asset('embed.js', SCRIPT),
    icon: asset('icon.svg', 'image/svg+xml'),
  }
}

export function assetOf(bytes: Buffer, type: string): Asset {
  const digest = createHash('sha384').update(bytes).digest()
  return {
    type,
    plain: Uint8Array.from(bytes),
    br: Uint8Array.from(brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })),
    gzip: Uint8Array.from(gzipSync(bytes, { level: 9 })),
    version: digest.toString('hex').slice(0, VERSION_LENGTH),
    integrity: `sha384-${digest.toString('base64')}`,
  }
}
