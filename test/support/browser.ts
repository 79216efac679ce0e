// what runs in the page sees the DOM; the sources are checked without it by the build
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'

const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const found = PLACES.find((place) => place !== undefined && existsSync(place))

/** Why tests with a browser are left out, or null where they are not. */
export const noBrowser =
  found === undefined ? 'there is no Chromium here: install the package chromium, or name one in CHROMIUM' : null

/** Asks nobody but the pages it is sent to. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** What a page did that it should not have: errors, and breaches of its policy. */
export interface Watched {
  readonly page: Page
  readonly context: BrowserContext
  readonly complaints: readonly string[]
  /** Addresses that were asked for. */
  readonly requests: readonly string[]
}

/** One browser for all tests of a file. */
export function withBrowser(): { open(options?: BrowserContextOptions): Promise<Watched> } {
  let browser: Browser | undefined
  beforeAll(async () => {
    if (found !== undefined) browser = await chromium.launch({ executablePath: found, args: ARGUMENTS })
  })
  afterAll(() => browser?.close())
  return {
    async open(options = {}) {
      if (browser === undefined) throw new Error(noBrowser ?? 'the browser did not start')
      const context = await browser.newContext({ locale: 'de-DE', viewport: { width: 1100, height: 800 }, ...options })
      onTestFinished(() => context.close())
      const complaints: string[] = []
      const requests: string[] = []
      context.on('request', (request) => requests.push(request.url()))
      context.on('weberror', (error) => complaints.push(error.error().message))
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
      })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      return { page, context, complaints, requests }
    },
  }
}

export interface HostSite {
  readonly origin: string
  close(): Promise<void>
}

/** Another site: pages by their path, under a policy that allows no inline script or style. */
export async function hostSite(
  pages: Readonly<Record<string, string>>,
  policyFor: (path: string) => string | null = () => null,
): Promise<HostSite> {
  return serving((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host')
    const body = pages[pathname]
    const policy = policyFor(pathname)
    if (policy !== null) response.setHeader('content-security-policy', policy)
    response.writeHead(body !== undefined ? 200 : pathname === '/favicon.ico' ? 204 : 404, {
      'content-type': 'text/html; charset=utf-8',
    })
    response.end(body ?? 'nicht da')
  })
}

/** A server on a free port of this machine, closed with its test file at the latest. */
export async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<HostSite> {
  const server: Server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { origin: `http://127.0.0.1:${port}`, close }
}
