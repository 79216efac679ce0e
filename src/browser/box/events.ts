/** Tells the page of something; false where it prevented what comes next. */
export const tell = (element: Element, name: string, detail: object): boolean =>
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }))
