import { cleanLine } from './clean.ts'

/** Names that say nothing: the folder's does. */
const NAMELESS = /^_?(?:index|default|home)$/i

/** What a file is called that has no title: its name without the ending, or its folder's; empty where neither tells anything. */
export function titleOfPath(path: string): string {
  const [name = '', folder = ''] = path.split('/').reverse()
  const title = withoutEnding(name)
  return NAMELESS.test(title) ? cleanLine(folder.replaceAll('_', ' ')) : title
}

/** The name of a file without its folder and its ending. */
export function nameOfFile(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return withoutEnding(name) || name
}

const withoutEnding = (name: string): string => cleanLine(name.replace(/\.[^.]*$/, '').replaceAll('_', ' '))
