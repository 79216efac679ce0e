import ignore, { type Ignore } from 'ignore'
import { FundstelleError } from '../errors.ts'

/** Lies in a folder and names what of it is not read, in the syntax of `.gitignore`. */
export const IGNORE_FILE = '.fundstelleignore'
/** In bytes. */
export const IGNORE_FILE_MAX = 1 << 20
/** Of one pattern. */
const STARS_MAX = 12
/** Of one pattern: each more takes a multiple of time on paths that nearly match. */
const DOUBLE_STARS_MAX = 3
const PATTERN_LENGTH_MAX = 1000

interface Layer {
  /** The folder that the patterns belong to, with a slash at its end. */
  readonly folder: string
  readonly patterns: Ignore
}

/** Which files and folders are left out, by the patterns of folders above them and those of the command line. */
export class IgnoreRules {
  readonly #layers: readonly Layer[]
  /** Beat those of folders. */
  readonly #given: Layer | null

  private constructor(layers: readonly Layer[], given: Layer | null) {
    this.#layers = layers
    this.#given = given
  }

  /**
   * @param patterns of the command line
   * @param folder what they are relative to, with a slash at its end
   * @throws FundstelleError `ignore_pattern`
   */
  static of(patterns: readonly string[] = [], folder = '/'): IgnoreRules {
    return new IgnoreRules([], patterns.length === 0 ? null : layerOf(folder, patterns.join('\n'), null))
  }

  /**
   * The rules for what lies in a folder that has an ignore file.
   * @param folder with a slash at its end
   * @throws FundstelleError `ignore_pattern`
   */
  within(folder: string, patterns: string): IgnoreRules {
    return new IgnoreRules([...this.#layers, layerOf(folder, patterns, IGNORE_FILE)], this.#given)
  }

  /** @param path below the folders of all rules but those of the command line, which may lie deeper; of a folder with a slash at its end */
  leavesOut(path: string): boolean {
    const layers = this.#given === null ? this.#layers : [...this.#layers, this.#given]
    let isOut = false
    for (const { folder, patterns } of layers) {
      if (path.length <= folder.length) continue
      const { ignored, unignored } = patterns.test(path.slice(folder.length))
      if (ignored || unignored) isOut = ignored
    }
    return isOut
  }
}

/** @param file what errors name, beside the line; null for patterns that stand in no file */
function layerOf(folder: string, text: string, file: string | null): Layer {
  const lines = text.normalize('NFC').split(/\r?\n/)
  const at = lines.findIndex(isTooMuch)
  if (at >= 0) throw unusable(lines, at, file)
  try {
    return { folder, patterns: compiled(lines) }
  } catch (error) {
    throw unusable(lines, lines.findIndex(isUnusable), file, error)
  }
}

const isTooMuch = (line: string): boolean =>
  line.length > PATTERN_LENGTH_MAX ||
  line.split('*').length > STARS_MAX + 1 ||
  line.split('**').length > DOUBLE_STARS_MAX + 1

/** @throws SyntaxError where a pattern is none */
function compiled(lines: readonly string[]): Ignore {
  const patterns = ignore({ ignoreCase: false, allowRelativePaths: true }).add(lines)
  // expressions are made when they are needed
  patterns.test('x')
  return patterns
}

function isUnusable(line: string): boolean {
  try {
    compiled([line])
    return false
  } catch {
    return true
  }
}

function unusable(lines: readonly string[], at: number, file: string | null, cause?: unknown): FundstelleError {
  const pattern = lines[at] ?? ''
  const shown = pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern
  const where =
    file === null ? { de: '', en: '' } : { de: `${file}, Zeile ${at + 1}: `, en: `${file}, line ${at + 1}: ` }
  return new FundstelleError('ignore_pattern', { pattern: shown, where }, { cause })
}
