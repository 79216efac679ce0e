import ignore, { type Ignore } from 'ignore'
import { FundstelleError } from '../errors.ts'

/** Lies in a folder and names what of it is not read, in the syntax of `.gitignore`. */
export const IGNORE_FILE = '.fundstelleignore'
/** In bytes. */
export const IGNORE_FILE_MAX = 1 << 20
/** Of one pattern: each more takes a multiple of time on names that nearly match. */
const STARS_MAX = 12
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
    return new IgnoreRules([], patterns.length === 0 ? null : layerOf(folder, patterns.join('\n')))
  }

  /**
   * The rules for what lies in a folder that has an ignore file.
   * @param folder with a slash at its end
   * @throws FundstelleError `ignore_pattern`
   */
  within(folder: string, patterns: string): IgnoreRules {
    return new IgnoreRules([...this.#layers, layerOf(folder, patterns)], this.#given)
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

function layerOf(folder: string, text: string): Layer {
  const lines = text.normalize('NFC').split(/\r?\n/)
  for (const line of lines)
    if (line.split('*').length > STARS_MAX + 1 || line.length > PATTERN_LENGTH_MAX) throw unusable(line)
  try {
    const patterns = ignore({ ignoreCase: false, allowRelativePaths: true }).add(lines)
    // expressions are made when they are needed
    patterns.test('x')
    return { folder, patterns }
  } catch (error) {
    throw unusable(text, error)
  }
}

function unusable(pattern: string, cause?: unknown): FundstelleError {
  const shown = pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern
  return new FundstelleError('ignore_pattern', { pattern: shown }, { cause })
}
