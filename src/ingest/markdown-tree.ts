import type { Root } from 'mdast'
import { fromMarkdown, type Options } from 'mdast-util-from-markdown'
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmFootnote } from 'micromark-extension-gfm-footnote'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'

/** In MDX lines may be indented as their components are: none of them is code by that. */
export type MarkdownSyntax = 'markdown' | 'mdx'

/**
 * GitHub's additions, one by one: links without marks are left out, since they change no word and cost time. Of task
 * lists and struck words no node is made: their marks are taken out, which is all there is to do.
 */
const OPTIONS: Options = {
  // A single tilde is "about" in German: ~5 km
  extensions: [gfmTable(), gfmTaskListItem(), gfmFootnote(), gfmStrikethrough({ singleTilde: false })],
  mdastExtensions: [gfmTableFromMarkdown(), gfmFootnoteFromMarkdown()],
}

const BLOCKS_ONLY: Options = {
  extensions: [
    gfmTable(),
    {
      disable: {
        null: ['attention', 'autolink', 'codeText', 'htmlText', 'labelEnd', 'labelStartImage', 'labelStartLink'],
      },
    },
  ],
  mdastExtensions: [gfmTableFromMarkdown()],
}

const WITHOUT_INDENTED_CODE = { disable: { null: ['codeIndented'] } }

/** The tree of a piece of Markdown: CommonMark with GitHub's tables, task lists, footnotes and struck words. */
export function treeOf(body: string, syntax: MarkdownSyntax): Root {
  return fromMarkdown(body, optionsFor(OPTIONS, syntax))
}

/** The same without anything inside of paragraphs: their marks stay as they were written. Costs little, whatever they are. */
export function blockTreeOf(body: string, syntax: MarkdownSyntax): Root {
  return fromMarkdown(body, optionsFor(BLOCKS_ONLY, syntax))
}

const optionsFor = (options: Options, syntax: MarkdownSyntax): Options =>
  syntax === 'markdown' ? options : { ...options, extensions: [...(options.extensions ?? []), WITHOUT_INDENTED_CODE] }
