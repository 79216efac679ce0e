// The room `browser`: what browsers run, bundled at build time: the script of the search page (page.ts) and the one for other sites
// (this file). It imports its own rooms below, and nothing of the rest of the program.

import { FundstelleSuche } from './box/box.ts'
import { markPage } from './marking.ts'
import { HOME, OWN_SCRIPT } from './shared/home.ts'

// loaded twice, the first one stays
if (customElements.get('fundstelle-suche') === undefined) {
  customElements.define('fundstelle-suche', FundstelleSuche)
  const query = new URLSearchParams(location.search).get('mark')
  if (query && HOME !== '' && OWN_SCRIPT?.dataset['mark'] !== 'off') markPage(HOME, query).catch(console.error)
}
