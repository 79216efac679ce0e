export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

/** What articles must be like. Field names as they were written; `meta.ort` and `ort` are the same field. */
export type FilterNode =
  | { readonly kind: 'compare'; readonly field: string; readonly operator: Comparison; readonly value: string }
  /** Both ends belong to it. */
  | { readonly kind: 'range'; readonly field: string; readonly from: string; readonly to: string }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly string[] }
  | { readonly kind: 'contains' | 'starts'; readonly field: string; readonly value: string }
  /** The field is there; it is null; it is there and holds nothing. */
  | { readonly kind: 'exists' | 'null' | 'empty'; readonly field: string }
  | { readonly kind: 'not'; readonly node: FilterNode }
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly FilterNode[] }
