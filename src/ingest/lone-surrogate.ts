const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** Where half a pair of UTF-16 stands; -1 where there is none. */
export function loneSurrogate(text: string): number {
  return text.isWellFormed() ? -1 : text.search(LONE)
}
