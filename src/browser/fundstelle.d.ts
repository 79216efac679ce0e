/** Types of the search box for sites written in TypeScript. */

export interface FundstelleSearchDetail {
  /** What was typed. */
  readonly query: string
  readonly totalHits: number
}

export interface FundstelleSelectDetail {
  /** The article's id. */
  readonly id: string
  /** Where the hit leads. */
  readonly url: string
  readonly query: string
}

/** `<fundstelle-suche>`: attributes `server`, `placeholder`, `lang`, `limit`, `filter`, `hotkey`, `mode`, `theme`, `mark`, `aria-label`. */
export interface FundstelleSucheElement extends HTMLElement {
  addEventListener<Type extends keyof FundstelleEvents>(
    type: Type,
    listener: (event: FundstelleEvents[Type]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void
}

interface FundstelleEvents extends HTMLElementEventMap {
  /** An answer is shown. */
  'fundstelle-search': CustomEvent<FundstelleSearchDetail>
  /** A hit was chosen; `preventDefault` keeps the browser here. */
  'fundstelle-select': CustomEvent<FundstelleSelectDetail>
}

declare global {
  interface HTMLElementTagNameMap {
    'fundstelle-suche': FundstelleSucheElement
  }
}
