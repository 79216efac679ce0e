/** Title and address of a hit. */
export type Found = readonly [title: string, url: string | null]

/** What a command of docs/INDEXING.md must do with a site of its system (test/fixtures/cms). */
export interface CmsCase {
  /** Folders and files of the fixtures, and where below `/path/to` the page has them. */
  readonly files: Readonly<Record<string, string>>
  /** The folder of fixtures that a server gives out as the site, where the commands ask it. */
  readonly site?: string
  /** What they ask it with. */
  readonly program?: 'curl' | 'wget'
  /** Stands in each article of the site, in what is not public as well. */
  readonly word: string
  /** All articles that have it, in the order of their titles. */
  readonly found: readonly Found[]
  /** What the command prints of what it left out. */
  readonly told: readonly string[]
  /** Parameters, comments of readers, navigation: no text. */
  readonly gone?: readonly string[]
  /** Words that marks wrap, each in one article. */
  readonly kept?: readonly string[]
}

const SITE = 'https://www.example.org'

export const CMS_CASES: Readonly<Record<string, CmsCase>> = {
  hugo: {
    files: { hugo: 'site' },
    word: 'Leuchtturm',
    found: [
      ['Der Leuchtturm von Roter Sand', `${SITE}/artikel/roter-sand/`],
      ['Die Laterne und ihr Wärter', `${SITE}/artikel/laterne/`],
      ['Küstenblatt', `${SITE}/`],
    ],
    told: ['No articles: 1 redirect, 1 error page', 'excluded'],
    gone: ['Nashornfoto', 'Impressum'],
    kept: ['Übernachtungen'],
  },
  'hugo sources': {
    files: { hugo: 'site' },
    word: 'Leuchtturm',
    found: [
      ['Der Leuchtturm von Roter Sand', `${SITE}/artikel/roter-sand/`],
      ['Die Laterne und ihr Wärter', null],
    ],
    told: ['Not public: 1 draft, 1 hidden, 1 scheduled (the next from 2999-01-01), 1 expired'],
    gone: ['Nashornfoto', 'hinweis farbe'],
    kept: ['Übernachtungen'],
  },
  jekyll: {
    files: { jekyll: 'site' },
    word: 'Quittenbaum',
    found: [
      ['Ein Quittenbaum zieht um', `${SITE}/garten/quittenbaum/`],
      ['Was der Boden braucht', `${SITE}/2024/03/10/boden.html`],
      ['Über den Garten', `${SITE}/ueber.html`],
    ],
    told: ['No articles: 1 redirect, 1 error page'],
  },
  'jekyll sources': {
    files: { jekyll: 'site' },
    word: 'Quittenbaum',
    found: [
      ['Ein Quittenbaum zieht um', `${SITE}/garten/quittenbaum/`],
      ['Was der Boden braucht', null],
      ['Über den Garten', `${SITE}/ueber.html`],
    ],
    told: ['Not public: 2 drafts, 1 scheduled (the next from 2999-03-11)', '_site', '_layouts', '1 README'],
    gone: ['Elefantengras', 'vorspann'],
    kept: ['Erntezeit', 'Gelee'],
  },
  eleventy: {
    files: { eleventy: 'site' },
    word: 'Almhütte',
    found: [
      ['Zur Almhütte am See', `${SITE}/touren/zur-almhuette-am-see/`],
      ['Über den Grat', `${SITE}/touren/grat/`],
    ],
    told: ['Not public: 1 noindex'],
  },
  'eleventy sources': {
    files: { eleventy: 'site' },
    word: 'Almhütte',
    found: [
      ['Zur Almhütte am See', null],
      ['Über den Grat', `${SITE}/touren/grat/`],
    ],
    told: ['Not public: 1 draft, 2 hidden', '_data'],
    gone: ['Giraffenbild'],
    kept: ['Schnee'],
  },
  astro: {
    files: { astro: 'site' },
    word: 'Sauerteig',
    found: [
      ['Brezeln ohne Lauge', `${SITE}/rezepte/brezel/`],
      ['Sauerteig ansetzen', `${SITE}/rezepte/sauerteig/`],
    ],
    told: ['No articles: 1 error page'],
    kept: ['Blasen'],
  },
  'astro sources': {
    files: { astro: 'site' },
    word: 'Sauerteig',
    found: [
      ['Brezeln ohne Lauge', null],
      ['Sauerteig ansetzen', null],
    ],
    told: ['Not public: 1 draft'],
    gone: ['Kamelhaar', 'zebrastreifen', 'import'],
    kept: ['Blasen'],
  },
  docusaurus: {
    files: { docusaurus: 'site' },
    word: 'Tauchpumpe',
    found: [
      ['Einbau der Pumpe', `${SITE}/docs/einbau`],
      ['Wartung', `${SITE}/docs/wartung`],
    ],
    told: ['Not public: 1 noindex', 'No articles: 1 error page'],
    kept: ['Stecker', 'Vorsicht'],
    gone: ['bearbeiten'],
  },
  'docusaurus sources': {
    files: { docusaurus: 'site' },
    word: 'Tauchpumpe',
    found: [
      ['Einbau der Pumpe', null],
      ['Wartung', null],
    ],
    told: ['Not public: 1 draft, 1 hidden'],
    kept: ['Stecker', 'Vorsicht', 'Brunnen'],
    gone: ['flusspferd'],
  },
  mkdocs: {
    files: { mkdocs: 'site' },
    word: 'Bienenstock',
    found: [
      ['Das Bienenvolk', `${SITE}/bienen/`],
      ['Honig schleudern', `${SITE}/honig/`],
    ],
    told: ['1 error page', '1 part'],
    kept: ['Schwarmzeit'],
  },
  'mkdocs sources': {
    files: { mkdocs: 'site' },
    word: 'Bienenstock',
    found: [
      ['Das Bienenvolk', null],
      ['Honig schleudern', null],
    ],
    told: ['Not public: 1 draft, 1 noindex'],
    kept: ['Schwarmzeit', 'eng'],
    gone: ['nashorn', 'Krokodilverband'],
  },
  wordpress: {
    files: { 'wordpress/kuechenblog.WordPress.2024-07-01.xml': 'export.xml' },
    word: 'Pflaumenmus',
    found: [
      ['Pflaumenmus aus dem Ofen', `${SITE}/2023/09/pflaumenmus/`],
      ['Über uns', `${SITE}/ueber-uns/`],
    ],
    told: ['Not public: 1 draft, 1 private', 'No articles: 1 attachment'],
    gone: ['Straußenfeder'],
    kept: ['Topf', 'Eingemachtes'],
  },
  'wordpress rest': {
    files: {},
    site: 'wordpress/wp-json',
    program: 'curl',
    word: 'Pflaumenmus',
    found: [
      ['Pflaumenmus aus dem Ofen', `${SITE}/2023/09/pflaumenmus/`],
      ['Über uns', `${SITE}/ueber-uns/`],
    ],
    told: ['Not public: 1 private, 1 noindex'],
    kept: ['Wilma', 'Eingemachtes'],
  },
  typo3: {
    files: {},
    site: 'typo3/site',
    program: 'wget',
    word: 'Freibad',
    found: [
      ['Freibad öffnet im Mai', `${SITE}/aktuelles/freibad-oeffnet`],
      ['Rathaus', `${SITE}/rathaus`],
      ['Willkommen in Musterau', `${SITE}/`],
    ],
    told: ['Not public: 1 noindex'],
    gone: ['Pinguinwetter'],
  },
  'typo3 table': {
    files: { 'typo3/tx_news_domain_model_news.csv': 'tx_news_domain_model_news.csv' },
    word: 'Freibad',
    found: [['Freibad öffnet im Mai', null]],
    told: ['Not public: 1 private, 1 hidden, 1 scheduled', '1 expired', '1 deleted'],
  },
  contao: {
    files: {},
    site: 'contao/site',
    program: 'wget',
    word: 'Sommerfest',
    found: [
      ['Das Sommerfest', `${SITE}/news/sommerfest.html`],
      ['Kurse', `${SITE}/kurse.html`],
      ['Turnverein', `${SITE}/`],
    ],
    told: ['Not public: 1 noindex'],
    gone: ['Okapi'],
  },
  'contao table': {
    files: { 'contao/tl_news.csv': 'tl_news.csv' },
    word: 'Sommerfest',
    found: [['Das Sommerfest', null]],
    told: ['Not public: 1 draft, 1 expired'],
  },
  ghost: {
    files: { 'ghost/turmblatt.ghost.2024-07-01.json': 'ghost.json' },
    word: 'Kirchturm',
    found: [
      ['Die Uhr im Kirchturm', `${SITE}/die-uhr-im-kirchturm/`],
      ['Über das Turmblatt', `${SITE}/ueber/`],
    ],
    told: ['Not public: 1 draft, 2 private'],
    kept: ['Bauwerke'],
    gone: ['intern'],
  },
}
