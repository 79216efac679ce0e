/** What a key can allow, by Meilisearch's names and in its order. Those of parts that Fundstelle has not are taken and allow nothing. */
export const ACTIONS = [
  '*',
  '*.get',
  'search',
  'documents.*',
  'documents.add',
  'documents.get',
  'documents.delete',
  'indexes.*',
  'indexes.create',
  'indexes.get',
  'indexes.update',
  'indexes.delete',
  'indexes.swap',
  'indexes.compact',
  'tasks.*',
  'tasks.cancel',
  'tasks.delete',
  'tasks.get',
  'tasks.compact',
  'settings.*',
  'settings.get',
  'settings.update',
  'stats.*',
  'stats.get',
  'metrics.*',
  'metrics.get',
  'dumps.*',
  'dumps.create',
  'snapshots.*',
  'snapshots.create',
  'version',
  'keys.create',
  'keys.get',
  'keys.update',
  'keys.delete',
  'experimental.get',
  'experimental.update',
  'export',
  'network.get',
  'network.update',
  'chatCompletions',
  'chats.*',
  'chats.get',
  'chats.delete',
  'chatsSettings.*',
  'chatsSettings.get',
  'chatsSettings.update',
  'webhooks.*',
  'webhooks.get',
  'webhooks.update',
  'webhooks.delete',
  'webhooks.create',
  'fields.post',
  'dynamicSearchRules.*',
  'dynamicSearchRules.get',
  'dynamicSearchRules.create',
  'dynamicSearchRules.update',
  'dynamicSearchRules.delete',
] as const

/** What a key can be given: one action, or all of a kind. */
export type GrantedAction = (typeof ACTIONS)[number]

/** What a route asks for: one action. */
export type Action = Exclude<GrantedAction, '*' | `${string}.*` | '*.get'>

/** Without a master key these are open to everybody, and nothing else is. */
export const READING: ReadonlySet<string> = new Set<Action>([
  'search',
  'documents.get',
  'indexes.get',
  'stats.get',
  'version',
  'tasks.get',
  'settings.get',
])

/**
 * Whether what a key was given allows an action; also whether it contains what another was given (`documents.*` contains
 * `documents.add`).
 */
export const allows = (granted: readonly string[], action: string): boolean =>
  granted.some((given) => {
    if (given === '*' || given === action) return true
    // as in Meilisearch: reading keys shows what opens everything else, so it is given by its own name alone
    if (given === '*.get') return action.endsWith('.get') && action !== 'keys.get'
    return given.endsWith('.*') && action.startsWith(given.slice(0, -1))
  })
