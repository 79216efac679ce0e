/** Objects and lists within each other: so deep walking a value of JSON is safe. */
export const JSON_DEPTH_MAX = 128

/** Whether brackets stand deeper within each other than that, outside of texts. Looks at each character once. */
export function isDeeper(text: string, depthMax: number): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inText) {
      if (code === BACKSLASH) at += 1
      else if (code === QUOTE) inText = false
    } else if (code === QUOTE) inText = true
    else if (code === BRACKET || code === BRACE) {
      depth += 1
      if (depth > depthMax) return true
    } else if (code === BRACKET + 2 || code === BRACE + 2) depth -= 1
  }
  return false
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const BRACKET = 0x5b
const BRACE = 0x7b
