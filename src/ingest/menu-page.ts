/** Menus, headers and footers of wikis on GitHub, Gollum and docsify; menus of Antora. */
const MENU =
  /(?:^|\/)(?:_(?:side|nav)bar|_footer|_header)\.\w+$|(?:^|\/)modules\/[^/]+\/(?:[^/]+\/)?nav(?:-[\w-]+)?\.adoc$/i
/** The contents of a book (mdBook, GitBook, HonKit): nothing but headings and links, a level of the list for each. */
const CONTENTS = /(?:^|\/)SUMMARY\.md$/i
const CONTENTS_LINE_MAX = 500
const CONTENTS_LINE = /^\s*(?:#.*|[-*+]\s+(?:\[.*\]\(.*\)|[^[\]()]{1,200})|\[.*\]\(.*\)|-{3,}|<!--.*-->)?\s*$/

/** Headings that say what follows, and not what an article is about. */
const CONTENTS_HEADING = /^(?:inhalt|inhaltsverzeichnis|inhaltsübersicht|(?:table of )?contents|toc)[\s:.]*$/i

/** Whether a file is no article but a menu of many pages, or what stands above or below each of them. */
export function isMenuPage(path: string, body: string): boolean {
  if (MENU.test(path)) return true
  return (
    CONTENTS.test(path) &&
    body.split('\n').every((line) => line.length <= CONTENTS_LINE_MAX && CONTENTS_LINE.test(line))
  )
}

export const isContentsHeading = (words: string): boolean => CONTENTS_HEADING.test(words.trim())
