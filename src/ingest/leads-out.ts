/** Names of folders of pages in settings of Hugo, MkDocs, Jekyll and Hexo. Where the finished site lies is no secret. */
const PAGES_FOLDER = /\b(?:contentdir|docs_dir|source|source_dir)["']?[ \t]*[:=]/gi
/** In the value of such a name: a path that begins outside of a folder. */
const OUTSIDE = /\.\.\/|["' \t]\//
const VALUE_LENGTH_MAX = 100

/** Whether settings that cannot be read may speak of pages outside of their folder. */
export function mayLeadOut(text: string): boolean {
  for (const { 0: name, index } of text.matchAll(PAGES_FOLDER)) {
    const from = index + name.length
    const [value = ''] = text.slice(from, from + VALUE_LENGTH_MAX).split('\n', 1)
    if (OUTSIDE.test(value)) return true
  }
  return false
}
