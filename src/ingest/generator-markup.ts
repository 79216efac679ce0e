import { plainLines } from './generator-lines.ts'
import { withoutMarks } from './generator-marks.ts'

/** What any of the marks below needs: most documents have none of it, and stay as they are. */
const HINT =
  /[{}<:^\\]|%%|\+\+|==|[\p{L}\p{N})]~[\p{L}\p{N}+-]|@\[|\[-?@|\[\[|\[!|!!!|\?\?\?|===|\]\(|##[^#\s]|\+[-=]{2}|@(?:sec|fig|tbl|lst|eq)-|^(?:import|export)\s|^\*\[|^@?\[(?:toc|_toc_)\]|^ {0,3}\||^!{1,4} |^\[(?:image|gallery|slider|youtube|vimeo) /imu

/**
 * Markdown as site generators extend it (Hugo, Jekyll, Eleventy, Docusaurus, MkDocs, Obsidian, Quarto …) as plain Markdown: shortcodes,
 * template tags, attributes, admonitions, components, wiki links and comments are gone with their parameters, what they wrap stays.
 * Code stays as it is.
 * @param isMdx whether braces are expressions, and lines that begin with `export` are code
 */
export function plainMarkdown(body: string, isMdx = false): string {
  return isMdx || HINT.test(body) ? withoutMarks(plainLines(body, isMdx), isMdx) : body
}
