// The room `browser/shared`: what the search page and the box for other sites share. It imports nothing: all of it is in both scripts.

/** The element that loaded this script; null where another script contains it. */
export const OWN_SCRIPT = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null

export const withoutSlash = (address: string): string =>
  address.endsWith('/') ? withoutSlash(address.slice(0, -1)) : address

/** Where the server is: where this script came from, unless its element says otherwise (`data-server`). Without a slash at its end. */
export const HOME = withoutSlash(
  OWN_SCRIPT?.dataset['server'] ?? (OWN_SCRIPT === null ? '' : new URL('.', OWN_SCRIPT.src).href),
)
