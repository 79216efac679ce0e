/**
 * Whether a key press is one of these: `mod+k` (Ctrl or Cmd with K) and `/`, parted by spaces; anything else, such as `none`, is none.
 */
export function isHotkey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent, keys: string): boolean {
  return keys.split(/\s+/).some((name) => {
    if (name === 'mod+k') return (ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'k'
    // on a German keyboard the slash is Shift and 7
    return name === '/' && key === '/' && !ctrlKey && !metaKey && !altKey
  })
}

/** Whether the key goes into something that takes text. */
export function isTypingElsewhere(event: KeyboardEvent): boolean {
  const [target] = event.composedPath()
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
      target.role === 'textbox' ||
      // an element that lets nobody see what is focused inside
      (target.tagName.includes('-') && target.shadowRoot === null))
  )
}

/** How the first of the keys is written on a button; empty for none. */
export function keyNameOf(keys: string, control: string): string {
  if (keys.includes('mod+k')) return `${/Mac|iP/.test(navigator.platform) ? '⌘' : control} K`
  return keys.includes('/') ? '/' : ''
}
