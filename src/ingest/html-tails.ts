/**
 * What stands above boxes behind a text, as patterns of whole headings in lower case: further articles, what readers wrote, buttons to
 * share, tags, who wrote it. `…` stands for a few words.
 */
const HEADINGS: readonly string[] = [
  // further articles
  '(unsere )?(aktuelle|ähnliche|andere|beliebte|beliebteste|empfohlene|interessante|letzte|mehr|meistgelesene|neue|neueste|neuste|passende|relevante|themenverwandte|verwandte|weitere|zugehörige)s? (\\p{L}+ )?(artikel|beiträge?|berichte?|blogartikel|blogbeiträge|blogposts?|geschichten|inhalte|kolumnen|meldungen|mitteilungen|nachrichten|news|posts?|produkte|ratgeber|rezepte|seiten|storys?|tests|texte|themen|themenbereiche|tipps|tourentipps|veranstaltungen|videos)…',
  '(das|dies|dieser artikel|diese (beiträge|artikel|themen)|das thema) (könnten?|dürften?) (sie|dich|euch|ihnen|dir|euch)( auch| noch| ebenfalls)* (interessieren|gefallen)…',
  '((sie|du) könnten?|könntest)… interessier(en|t sein)',
  '(auch|ebenfalls|noch) (interessant|lesenswert|spannend)…',
  'auch (auf|bei|im|in) \\S+',
  '(lesen sie|lies|lest|lesetipps?|schon gelesen|mehr lesen|weiterlesen|zum weiterlesen|lust auf mehr|noch mehr)…',
  '(mehr|alles|weiteres|aktuelles|neues|videos|artikel|beiträge|meldungen|links)? ?(zum|zu diesem|aus dem|zu den|aus der|aus dieser|zur|von|über) (themen?|thema|ereignis|artikel|rubrik|ressort|serie|reihe)…',
  '(meist|viel|oft|häufig|meist-)( |-)?(gelesen|diskutiert|kommentiert|geklickt)e?…',
  '(beliebt|top|trending)( artikel| themen| news)?',
  '(andere|kunden|leser)… (kauften|interessierten|lasen|kauften auch)…',
  '(related|similar|recommended|latest|recent|popular|further|other|more)( \\p{L}+)? (articles?|posts?|stories|news|content|reading|topics?|videos?)…',
  'you (may|might)( also)? (like|enjoy|be interested in)…|read (more|next|also)…|see also…|more (from|in|on|about) …|related( to this)?|most (read|popular)…',
  '(lire|voir|à lire) aussi…|(articles?|notas?|noticias|artículos) (liés|similaires|relacionad[oa]s)…|te puede interesar…|leé? también…|zobacz (też|także)…|czytaj (też|także|więcej)…|leggi anche…|leia também…',
  // what readers wrote, or may write
  '((\\d{1,5}|keine?|eine?|schreibe? einen|schreiben? (sie )?einen|hinterlassen? (sie )?eine?n?|neuen?|deine?|ihre?|alle) )?(leser)?(kommentare?|antworten|antwort|reaktionen|meinung|meinungen|diskussion|bewertungen|kundenbewertungen)( (schreiben|verfassen|hinterlassen|abgeben|hinzufügen|zu …|zum …|anzeigen|abbrechen|\\(\\d{1,5}\\)?))?',
  '(\\d{1,5}|eine?) gedanken? zu …|diskutieren sie mit…|(comments are|kommentare sind|die kommentarfunktion ist|kommentarfunktion) (closed|geschlossen|deaktiviert)…|(jetzt )?kommentieren…|pingbacks?…|trackbacks?…|was (denkst|meinst|denken|meinen) (du|sie)…',
  '(leave|post|add|write)( a| your)? (comment|reply|response)…|(\\d{1,5} |no )?(comments?|responses?|replies|thoughts on …)( \\(\\d{1,5}\\)?)?|join the (conversation|discussion)…',
  '(\\d{1,5} )?(commentaires?|comentarios?|komentarz[ey]?|commenti|comentários)( \\(\\d{1,5}\\)?)?|(laisser un|ajouter un) commentaire…|deja (un|tu) (comentario|respuesta)…|dodaj komentarz…|skomentuj…',
  // to share, follow, subscribe
  '((diesen?s? )?(artikel|beitrag|seite|inhalt) )?(teilen|weitersagen|weiterempfehlen|empfehlen|drucken)( (mit|auf|über|via|bei|sie) …)?',
  'teile (diesen?s?|den) …|(auf|in) \\S+ teilen|gefällt mir…|share( this)?…|like this…|folgen? (sie )?(uns|mir)…|follow us…|(partager|compartir|condividi|udostępnij)…',
  '(unser(en)? |zum |jetzt |der )?(\\p{L}+-)?newsletter( abonnieren| anmelden| anmeldung|-anmeldung)?…',
  '(unterstütze|unterstützen sie) …',
  // what is shown only by leave
  '(empfohlener )?(externer|redaktioneller) inhalt…',
  // where it is filed
  '(schlagw(orte|örter)|stichw(orte|örter)|tags?|themen|kategorien?|rubriken?|verschlagwortet( mit)?|abgelegt unter|topics|filed under|categories|categorías|etiquetas|tagi)( (zum|in diesem) (thema|artikel|beitrag))?',
  '(beitrags|artikel|post)[ -]?navigation|(der |die )?(vorherige|nächste|vorige)[rs]? (artikel|beitrag|meldung|seite)…|post navigation|(previous|next) (article|post|story)…',
  // who wrote it
  '(über|zur|zum) (den |die |der |unsere )?(autor|autorin|autoren|verfasser|verfasserin|person)…|(autor|autorin|autoren)( dieses (artikels|beitrags))?|about the author…|(sobre|acerca de) (el|la) autora?…|à propos de l.auteur…',
]

/** Headings of boxes that only are so where they hold links, or next to nothing. */
const LINK_HEADINGS: readonly string[] = [
  '(weitere|mehr|weiterführende|zusätzliche|nützliche|ergänzende|allgemeine|zum) ?(informationen|infos|infos?|links?|angebote|hinweise|downloads?|quellen|literatur|service|seiten|material|materialien)…',
  '(presse|ihr |ihre |unsere )?-?(kontakte?|ansprechpartner(in|innen)?|ansprechpersonen?|ansprechstelle)( (für|zum|der|des) …)?',
  '(downloads?|links?|linktipps?|service|sponsoren|partner|unsere partner|termine|kommende (events|termine)|veranstaltungen|inhaltsverzeichnis|inhalt|table of contents|archiv|suche|werbung|anzeige|shop)…',
]

/** The line below an article that says where and when it was filed. */
const FILING =
  /^(?:dieser (?:eintrag|beitrag|artikel) wurde|der beitrag wurde am|this entry was posted|(?:veröffentlicht|abgelegt|gepostet|eingestellt) (?:in|unter|von)|posted (?:in|by|on)|filed under|verschlagwortet|kategorien? ?:|schlagw(?:orte|örter) ?:|stichw(?:orte|örter) ?:|tags? ?:|tagged|labels ?:|bildnachweis ?:|\*? ?(?:anzeige|werbung)[,;:–-]? (?:\(?(?:dieser|der) (?:beitrag|artikel) )?enthält)/
/** Whose picture it is. */
const CREDIT =
  /^(?:©|\(c\)|(?:fotos?|bild(?:er|quelle|rechte|nachweis)?|quellen?|grafik|copyright|photos?(?: credit)?|image(?: credit)?|picture|credits?|titelbild|beitragsbild|symbolbild)(?: ?[:©/]| by ))/
const CREDIT_LENGTH_MAX = 120
/** A line that leads to another article; so it is where it holds a link. */
const LEADING =
  /^(?:lesen sie|lies|lest|mehr zum|mehr dazu|siehe auch|weiterlesen|auch interessant|auch lesenswert|zurück|alle (?:artikel|beiträge|meldungen|nachrichten|news|pressemitteilungen)|zur übersicht|passend dazu|lesetipp|read more|read also|see also|related|lire aussi|à lire|lee también|leer también|te puede interesar|czytaj|zobacz|leggi anche|leia também)(?!\p{L})/u

const DAY =
  '(?:(?:mo|di|mi|do|fr|sa|so)\\p{L}{0,8}[.,]{0,2} )?(?:den )?(?:\\d{1,2}\\. ?(?:\\d{1,2}\\.|\\p{L}{3,9}\\.?) ?\\d{2,4}|\\d{4}-\\d{2}-\\d{2}|\\p{L}{3,9}\\.? \\d{1,2}, \\d{4}|\\d{1,2} \\p{L}{3,9}\\.? \\d{4})(?:[ ,|–-]{1,3}(?:um )?\\d{1,2}[:.]\\d{2}(?: uhr)?)?'
const PUBLISHED =
  '(?:veröffentlicht|veröffentlichung|publiziert|erstellt|eingestellt|aktualisiert|letzte (?:änderung|aktualisierung)|zuletzt (?:aktualisiert|geändert)|stand|posted|published|(?:last )?updated)(?: am| on)? ?:? ?'
/** When it was published or changed, and nothing else; or how long it takes to read. */
const DATING = expressionOf([
  `(?:${DAY}[ ,|–-]{1,3})?${PUBLISHED}${DAY}(?:[ ,|–-]{1,3}${PUBLISHED}${DAY})?`,
  '(?:lesezeit|lesedauer) ?:? ?(?:ca\\.? )?\\d{1,3} ?min(?:uten?)?|\\d{1,3} ?min(?:uten?)?\\.? (?:lesezeit|read)',
])
const DATE = expressionOf([DAY])
const HEADING_LENGTH_MAX = 70
const tailHeading = expressionOf(HEADINGS)
const linkHeading = expressionOf(LINK_HEADINGS)

/** What follows, at most; linear, since a heading is short. */
function expressionOf(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.join('|').replaceAll('…', '.{0,60}')})$`, 'u')
}

/**
 * What the words of a heading say of the box that begins with it: `tail`, it stands behind a text instead of belonging to it;
 * `links`, so it does where it is a list of links.
 */
export function tailOf(heading: string): 'tail' | 'links' | null {
  if (heading.length > HEADING_LENGTH_MAX) return null
  const words = plain(heading)
  if (tailHeading.test(words)) return 'tail'
  return linkHeading.test(words) ? 'links' : null
}

/** Whether a short text is no sentence of an article: it files it, or leads elsewhere. */
export function isTailLine(text: string, isLinked: boolean): boolean {
  const words = plain(text)
  if (words.length <= CREDIT_LENGTH_MAX && CREDIT.test(words)) return true
  return FILING.test(words) || (isLinked && LEADING.test(words))
}

/**
 * Whether a line tells when a text was published, and nothing else.
 * @param isTime whether it is marked as a time: other dates may be what the text is about, such as that of an event
 */
export function isDateline(text: string, isTime: boolean): boolean {
  const words = plain(text)
  return DATING.test(words) || (isTime && DATE.test(words))
}

function plain(words: string): string {
  return words
    .normalize('NFC')
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}©]+/u, '')
    .replace(/[^\p{L}\p{N})]{1,9}$/u, '')
    .replace(/\s+/g, ' ')
}
