import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { escapeHtml } from '../search/present/highlight.ts'
import { readAssets } from '../server/http/assets.ts'
import { versionedName } from '../server/routes/files.ts'
import type { Command } from './command.ts'

export const embedCommand: Command = {
  name: 'embed',
  usage: '[URL]',
  summary: {
    de: 'gibt aus, was eine andere Website für das Suchfeld braucht; URL ist die Adresse dieses Servers',
    en: 'prints what another site needs for the search box; URL is the address of this server',
  },
  options: [],
  settings: ['port', 'host', 'language'],
  arity: [0, 1],
  async run({ config, args: [given], terminal }) {
    const server = addressOf(given ?? ownAddress(config))
    const { embedJs } = readAssets()
    const words = terminal.say({ de: 'Suchen', en: 'Search' })
    const lang = terminal.language === 'en' ? '<input type="hidden" name="lang" value="en">' : ''
    terminal.out(
      [
        `<script src="${server}/${versionedName('embed.js', embedJs)}" integrity="${embedJs.integrity}" crossorigin="anonymous" defer></script>`,
        `<fundstelle-suche server="${server}">`,
        `  <form action="${server}/" role="search">${lang}<input type="search" name="q" aria-label="${words}"><button>${words}</button></form>`,
        '</fundstelle-suche>',
      ].join('\n'),
    )
    terminal.note(
      terminal.say({
        de: [
          'Dieses Skript gilt für genau diese Fassung; nach einer neuen neu ausgeben lassen, oder ohne integrity:',
          `  <script src="${server}/embed.js" defer></script>`,
          'Der Server muss die Website kennen: fundstelle serve --allow-origin https://www.beispiel.de',
        ].join('\n'),
        en: [
          'This script is that of just this version; print it anew after an update, or use it without integrity:',
          `  <script src="${server}/embed.js" defer></script>`,
          'The server has to know the site: fundstelle serve --allow-origin https://www.example.org',
        ].join('\n'),
      }),
    )
    return 0
  },
}

/** As a browser on this machine finds the server. */
function ownAddress({ host, port }: Config): string {
  const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** Without a slash at its end, written so that it can stand in an attribute. */
function addressOf(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const expected = {
      de: 'eine Adresse wie https://suche.beispiel.de',
      en: 'an address such as https://search.example.org',
    }
    throw new FundstelleError('bad_value', { name: 'URL', got: given, expected })
  }
  let address = url.origin + url.pathname
  while (address.endsWith('/')) address = address.slice(0, -1)
  return escapeHtml(address)
}
