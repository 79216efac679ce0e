export const ENTRIES: Readonly<Record<'index' | 'readers' | 'program', readonly string[]>>
