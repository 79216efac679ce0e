/** Names of folders of pages in settings of Hugo, MkDocs, Jekyll and Hexo, with a path that begins outside of a folder. */
const OUTSIDE = /\b(?:contentdir|docs_dir|source|source_dir)["']?[ \t]*[:=][^\n]{0,100}?(?:\.\.\/|["' \t]\/)/i

/** Whether settings that cannot be read may speak of pages outside of their folder. */
export const mayLeadOut = (text: string): boolean => OUTSIDE.test(text)
