import { FundstelleSuche } from './box/box.ts'
import { markPage } from './marking.ts'
import { HOME, OWN_SCRIPT } from './shared/home.ts'

// loaded twice, the first one stays
if (customElements.get('fundstelle-suche') === undefined) {
  customElements.define('fundstelle-suche', FundstelleSuche)
  const query = new URLSearchParams(location.search).get('mark')
  if (query && HOME !== '' && OWN_SCRIPT?.dataset['mark'] !== 'off') markPage(HOME, query).catch(console.error)
}
