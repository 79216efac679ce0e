import type { Element } from 'domhandler'

/**
 * What class and id say of a box. None of it is believed alone, see html-boxes.ts.
 * - `comments`: what readers wrote
 * - `consent`: asks for leave to store cookies
 * - `never`: advertises, sells, tells of other articles
 * - `beside`: a column or foot of the page
 * - `around`: may be beside the text or a part of it
 * - `links`: a list of links, or what a kitchen offers: only its content tells
 */
export type BoxKind = 'consent' | 'comments' | 'never' | 'beside' | 'around' | 'links'

/** One word of a class or id, such as `share` in `article-share`, or a beginning or end of it. */
const WORDS: readonly (readonly [BoxKind, RegExp])[] = [
  ['consent', /^(cmpbox|cook|dsgvo|gdpr|onetrust)$|^(consent|cookie|usercentrics)/],
  [
    'never',
    /^(ads?|affiliates?|authorbox|autorenbox|bildtext|bildunterschrift|caption|modal|outbrain|paywall|popup|related|saboxplugin|sociable|taboola|trending|werbung|yarpp)$|^(advert|anzeige|breadcrumb|brotkr|newsletter|relatedpost|sharebutton|sharedaddy|skiplink|socialmedia)|(breadcrumbs?|newsletter)$/,
  ],
  ['comments', /^(disqus|respond|usercomments?)$|^(comment(?!ary|ator)|kommentar|leserkommentar)/],
  ['beside', /^(colophon|footer|rail|seitenfuss)$|^sidebar|sidebar$/],
  [
    'around',
    /^(alert|ansprechpartner|author|autor|bio|biography|byline|citation|contacts?|copyright|credits?|disclaimer|feedback|flyout|gate|infobar|kontakt|likes|login|notice|postmeta|postmetadata|print|promo|promotion|rating|recommend|recommended|recommendations?|shar(e|ing)|signup|social|sponsor|subscribe|subscription|subvert|supplement|tags?|taglist|toc|tooltip|voting|widgets?)$|^(marginal|verwandt)|widget$/,
  ],
  [
    'links',
    /^(infobox|linklist|links|menue?|meta|metadata|navi?|navbar|navigation|pager|pagination|social|teasers?|toolbar)$|^(footer|teaser|weiterlesen)|(banner|menue?|navigation|teasers?)$/,
  ],
]
const PHRASES: readonly (readonly [BoxKind, RegExp])[] = [
  [
    'never',
    /(^| )(bild|figure|foto|image|img|media|photo|picture) ?(beschreibung|caption|copyright|credits?|description|legende?|nachweis|quelle|subtitle|title|unterschrift)( |$)/,
  ],
  ['consent', /(^| )(content blocker|embed privacy|privacy embed|third party)( |$)/],
  ['never', /(^| )(social (bar|buttons?|follow|icons?|links|media|networks?|share|sharing)|you may (also )?like)( |$)/],
  ['around', /(^| )(more (articles?|links|posts|stories)|most (popular|read)|read (more|next)|see also)( |$)/],
]
/** Words that make a class a state or a topic: `has-sidebar`, `tag-cookies`, `menu-open`. */
const STATE =
  /^(has|with|without|no|is|mit|ohne|left|right|open|closed|enabled|disabled|accepted|tag|category|kategorie)$/

const KINDS: readonly BoxKind[] = ['consent', 'never', 'comments', 'beside', 'around', 'links']

/** What the names of a box say; null where they say nothing of the kind. */
export function kindOfNames(element: Element): BoxKind | null {
  const names = `${element.attribs['class'] ?? ''} ${element.attribs['id'] ?? ''}`
  const kinds = names.split(/\s+/).map(kindOfName)
  return KINDS.find((kind) => kinds.includes(kind)) ?? null
}

/** Builders of pages call every box a widget. */
const BUILDERS = /^elementor-/

/** Longer names are made by programs and say nothing. */
const NAME_LENGTH_MAX = 80

function kindOfName(name: string): BoxKind | null {
  if (name === '' || name.length > NAME_LENGTH_MAX || BUILDERS.test(name)) return null
  const words = name
    .replace(/([a-z])(?=[A-Z])/g, '$1-')
    .toLowerCase()
    .split(/[^a-zäöü]+/)
  if (words.some((word) => STATE.test(word))) return null
  const phrase = words.join(' ')
  const found =
    PHRASES.find(([, form]) => form.test(phrase)) ?? WORDS.find(([, form]) => words.some((word) => form.test(word)))
  return found?.[0] ?? null
}
