/** A query as a tree. Words in a row are one node: what their neighbours make of them is seen by the analysis, not here. */
export type QueryNode =
  /** Words as they were typed, with what stands between them. */
  | { readonly kind: 'words'; readonly text: string }
  /** The beginning of a word: Verfass*. */
  | { readonly kind: 'prefix'; readonly text: string }
  /** Words that must stand in this order next to each other. */
  | { readonly kind: 'phrase'; readonly text: string }
  /** Something that must stand in one field. */
  | { readonly kind: 'field'; readonly name: string; readonly node: QueryNode }
  /** Something that must not be there. */
  | { readonly kind: 'not'; readonly node: QueryNode }
  | { readonly kind: 'and'; readonly nodes: readonly QueryNode[] }
  | { readonly kind: 'or'; readonly nodes: readonly QueryNode[] }
  /** One after the other, without a word that says how they belong together. */
  | { readonly kind: 'sequence'; readonly nodes: readonly QueryNode[] }
