/**
 * The words by which files say that an article is not public: names of fields, and what stands in them. All are written
 * as `plainKey` gives them: lower case, ä as ae, without blanks, hyphens, underscores and dots; the dots of nested fields go too.
 */

/** Why something is left out although it may be an article. In the order in which one of several counts. */
export const UNPUBLISHED_STATES = [
  'deleted',
  'draft',
  'private',
  'archived',
  'hidden',
  'noindex',
  'expired',
  'scheduled',
] as const
/** What never is an article, whatever is asked for. */
export const NO_ARTICLES = ['redirect', 'errorPage', 'attachment', 'part'] as const

export type UnpublishedState = (typeof UNPUBLISHED_STATES)[number]

/** Why something is not indexed. `type:` stands before the name of a kind of record that is no article, as `type:product`. */
export type State = UnpublishedState | (typeof NO_ARTICLES)[number] | `type:${string}`

/**
 * Where fields stand, since that says what they mean. `head`: of a page of its own, where a date in the future is a day of
 * publication. `record`: a line or row of data, where only a field that says so is. `feed`: its dates are left alone, as events are
 * announced there.
 */
export type FieldPlace = 'head' | 'record' | 'feed'

type Words<Value> = ReadonlyMap<string, Value>

function words<Value extends string>(table: Readonly<Partial<Record<Value, string>>>): Words<Value> {
  const entries = Object.entries(table) as [Value, string][]
  return new Map(entries.flatMap(([value, list]) => list.split(/\s+/).map((word) => [word, value] as const)))
}

/** Fields that hide an article when they are true. */
export const HIDING_FLAGS = words<UnpublishedState>({
  draft:
    'draft isdraft entwurf istentwurf unpublished unveroeffentlicht pagedraft appcontrolappdraft notpublished ' +
    'nichtveroeffentlicht nichtveroeffentlichen unfertig wip inarbeit inbearbeitung',
  private:
    'private isprivate privat protected isprotected passwordprotected passwortgeschuetzt contentprotected ' +
    'internal intern confidential vertraulich membersonly nurmitglieder nurfuermitglieder loginrequired geheim ' +
    'nichtoeffentlich notpublic nonpublic nurintern',
  hidden:
    'hidden ishidden versteckt verborgen ausgeblendet unlisted headless eleventyexcludefromcollections unsichtbar ' +
    'invisible disabled isdisabled deaktiviert inactive inaktiv offline',
  noindex:
    'noindex nosearch searchexclude excludesearch excludefromsearch searchhidden robotsnoindex sitemapexclude ' +
    'excludefromsitemap sitemapdisable ausdersucheausschliessen aussucheausschliessen nichtindexieren hidefromsearch ' +
    'disablesearch searchdisabled',
  archived: 'archived isarchived archiviert',
  deleted: 'deleted isdeleted geloescht trash trashed istrashed',
  expired: 'expired isexpired abgelaufen',
  scheduled: 'scheduled isscheduled',
})

/** Fields that hide an article when they are false. */
export const SHOWING_FLAGS = words<UnpublishedState>({
  draft: 'published ispublished publish veroeffentlicht istveroeffentlicht publiziert freigegeben freigabe',
  private: 'public ispublic oeffentlich istoeffentlich',
  hidden:
    'visible isvisible sichtbar permalink render routable buildrender buildlist online isonline live islive active ' +
    'isactive aktiv istaktiv aktiviert enabled isenabled listed gelistet',
  noindex:
    'search searchable suchbar durchsuchbar indexierbar sitemap pagefind indexable indexed insearchindex robotsindex seoindex indexieren',
})

/** Fields whose value is a state of publication. */
export const STATUS_FIELDS = new Set(
  (
    'status state poststatus pagestatus articlestatus contentstatus publicationstatus publicationstate publishstatus ' +
    'publishingstatus workflow workflowstate workflowstatus moderationstate creativeworkstatus entrystatus ' +
    'publishstate publishingstate publication reviewstatus reviewstate approvalstatus approvalstate lifecyclestate editorialstatus documentstatus docstatus stage zustand ' +
    'veroeffentlichungsstatus publikationsstatus freigabestatus artikelstatus bearbeitungsstatus redaktionsstatus ' +
    'beitragsstatus seitenstatus dokumentstatus ' +
    'publish published veroeffentlicht'
  ).split(' '),
)
export const VISIBILITY_FIELDS = new Set('visibility postvisibility sichtbarkeit access zugriff zugang'.split(' '))

/** What stands in a field of the first kind. Any other word is public: `aktiv`, `in Kraft`, `gefördert` are no states of publication. */
export const STATUS_WORDS = words<UnpublishedState>({
  draft:
    'draft drafts entwurf entwuerfe autodraft unpublished unveroeffentlicht nichtveroeffentlicht nochnichtveroeffentlicht ' +
    'pending pendingreview inreview review needsreview readyforreview zurpruefung inpruefung freigabeausstehend ' +
    'ausstehenderreview rohfassung rohentwurf inbearbeitung inarbeit wip workinprogress ' +
    'nichtfreigegeben nochnichtfreigegeben zurfreigabe wartetauffreigabe wartetaufpruefung wartetaufreview ' +
    'underreview awaitingreview awaitingapproval pendingapproval notpublished unpublish unfertig',
  private:
    'private privat nonpublic notpublic nichtoeffentlich internal intern confidential vertraulich password ' +
    'passwordprotected passwortgeschuetzt gesperrt nurintern internallypublished',
  hidden:
    'hidden skip versteckt verborgen unlisted nichtgelistet ausgeblendet invisible unsichtbar offline ' +
    'zurueckgezogen withdrawn',
  noindex: 'noindex',
  archived: 'archived archive archiviert',
  deleted: 'deleted geloescht trash trashed softtrashed papierkorb',
  expired: 'expired abgelaufen',
  scheduled: 'future scheduled geplant terminiert zeitgesteuert vorgemerkt',
})
/** Words that mean something only where a field speaks of who may see an article. */
export const VISIBILITY_WORDS = words<UnpublishedState>({
  private:
    'members membersonly mitglieder nurmitglieder nurfuermitglieder paid tiers subscribers abonnenten protected ' +
    'geschuetzt restricted eingeschraenkt loggedin registered angemeldet',
})
/** schema.org has one more word in `creativeWorkStatus`. */
export const INCOMPLETE = 'incomplete'

export const ROBOTS_FIELDS = new Set(
  'robots googlebot metarobots seorobots robotsmeta robotstag robotsindex'.split(' '),
)
export const PASSWORD_FIELDS = new Set('password passwort kennwort postpassword wppostpassword'.split(' '))
/** An address that the page only leads on to. */
export const REDIRECT_FIELDS = new Set('redirectto redirecturl redirect weiterleitung weiterleitungauf'.split(' '))

/** When an article is published; it is public from then on. */
export const FROM_FIELDS = new Set(
  (
    'publishdate publishat publishedat publishon publishedon publish published pubdate publicationdate datepublished ' +
    'publishtime publishedtime veroeffentlichungsdatum veroeffentlichung veroeffentlichtam veroeffentlichenam ' +
    'veroeffentlichenab veroeffentlichtab veroeffentlicht publikationsdatum publiziertam golive goliveat onlineab ' +
    'sichtbarab scheduledat scheduledfor embargo embargountil embargodate embargobis sperrfrist sperrfristbis ' +
    'publishfrom publishedfrom publishstart publishup visiblefrom onlinefrom'
  ).split(' '),
)
/** Of those, what names nothing but a moment to come: where it cannot be read, the article waits. */
export const EMBARGO_FIELDS = new Set(
  (
    'embargo embargountil embargodate embargobis sperrfrist sperrfristbis golive goliveat onlineab sichtbarab ' +
    'scheduledat scheduledfor veroeffentlichenam veroeffentlichenab'
  ).split(' '),
)
/** The same in a head; elsewhere these may tell of the past in any words. */
export const HEAD_EMBARGO_FIELDS = new Set(
  'publishdate publishat publishon publishfrom publishstart publishup visiblefrom onlinefrom'.split(' '),
)
/** In a head of Markdown the date of an article is the day of its publication as well. */
export const DATE_FIELDS = new Set(['date', 'datum', 'postdate', 'wppostdate', 'datecreated'])
/** When an article goes. */
export const UNTIL_FIELDS = new Set(
  (
    'expirydate expiry expires expiresat expireson expireat expirationdate expirationtime unpublishdate unpublishat ' +
    'unpublishon unpublishedat depublishat depublishdate depublizierenam ablaufdatum ablauf ablaufam laeuftab ' +
    'laeuftabam offlineab killdate publishdown publishend'
  ).split(' '),
)
/** The same, the day named being the last one. */
export const THROUGH_FIELDS = new Set(
  'publishuntil publisheduntil publishto visibleuntil visibleto onlineuntil onlineto onlinebis sichtbarbis veroeffentlichtbis veroeffentlichenbis'.split(
    ' ',
  ),
)
/** In a head only: elsewhere `gültig bis` speaks of offers and laws. */
export const HEAD_THROUGH_FIELDS = new Set('gueltigbis validuntil'.split(' '))
/** When a record was thrown away. */
export const DELETED_AT_FIELDS = new Set('deletedat trashedat geloeschtam'.split(' '))

/** When one was put away. */
export const ARCHIVED_AT_FIELDS = new Set(['archivedat', 'archiviertam'])

/** Objects whose fields say what they would say at the top level. Those whose names begin with `_` are such as well. */
export const TRANSPARENT = new Set(
  (
    'meta seo params extra page post article attributes fields frontmatter yoastheadjson options advanced header data ' +
    'build robots sitemap search content system sys publication veroeffentlichung'
  ).split(' '),
)

export const TRUE_WORDS = new Set('true yes y on 1 ja j wahr x'.split(' '))
/** `never` is Hugo's. */
export const FALSE_WORDS = new Set('false no n off 0 nein falsch never link'.split(' '))

const list = (...lists: readonly string[]): ReadonlySet<string> => new Set(lists.flatMap((one) => one.split(' ')))

/**
 * Fields and words that speak of building projects, schools, meetings as well: in a row of data they count only beside a field
 * that speaks of nothing but publication.
 */
export const DATA_FIELDS = list(
  'private isprivate privat protected isprotected internal intern confidential vertraulich public ispublic oeffentlich',
  'expired isexpired abgelaufen access zugriff zugang kennwort',
)
export const DATA_WORDS = list(
  'pending inreview review zurpruefung inpruefung private privat nonpublic notpublic nichtoeffentlich internal intern',
  'confidential vertraulich password passwordprotected passwortgeschuetzt versteckt verborgen invisible unsichtbar offline',
  'expired abgelaufen geplant terminiert vorgemerkt',
)
/** The same in a head always count, in a feed never. */
export const HEAD_FIELDS = list(
  'online isonline live islive active isactive aktiv istaktiv aktiviert enabled isenabled freigabe disabled isdisabled',
  'deaktiviert inactive inaktiv offline geheim nurintern nurmitglieder nichtoeffentlich notpublic',
  'nonpublic istoeffentlich unsichtbar invisible verborgen archivedat archiviertam unfertig wip inarbeit inbearbeitung',
  'listed gelistet',
)
export const HEAD_WORDS = list(
  'inbearbeitung inarbeit wip workinprogress nichtfreigegeben nochnichtfreigegeben gesperrt zurueckgezogen withdrawn',
  'nurintern zurfreigabe unfertig wartetauffreigabe wartetaufpruefung wartetaufreview underreview awaitingreview',
  'awaitingapproval pendingapproval',
)
/** Fields whose words may be of that kind. */
const DATA_STATUS_FIELDS = list(
  'status state zustand stage workflow workflowstate workflowstatus bearbeitungsstatus reviewstatus publication',
)

const namesOf = (fields: ReadonlyMap<string, UnpublishedState>, states: readonly UnpublishedState[]): string[] =>
  [...fields].filter(([, state]) => states.includes(state)).map(([name]) => name)
/** Fields that speak of nothing but publication. `Entwurf` names architects as well. */
const ABOUT_FIELDS = new Set(
  [
    ...namesOf(HIDING_FLAGS, ['draft', 'hidden', 'noindex']),
    ...namesOf(SHOWING_FLAGS, ['draft']),
    ...[...STATUS_FIELDS].filter((name) => !DATA_STATUS_FIELDS.has(name)),
    ...['visibility', 'postvisibility', 'sichtbarkeit', 'postdate', 'posttype', 'commentstatus', 'pingstatus'],
    ...ROBOTS_FIELDS,
    ...FROM_FIELDS,
  ].filter((name) => name !== 'entwurf' && !HEAD_FIELDS.has(name)),
)
export const isAboutPublication = (key: string): boolean => ABOUT_FIELDS.has(key)

/** Whether a field says something about publication wherever it stands, by its plain name. */
export function isPublicationField(key: string): boolean {
  return [HIDING_FLAGS, SHOWING_FLAGS, STATUS_FIELDS, VISIBILITY_FIELDS, EMBARGO_FIELDS].some((fields) =>
    fields.has(key),
  )
}
