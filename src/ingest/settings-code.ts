// What can be told of settings that are programs, without running them.

/** Lines that are switched off. */
const REMARKS = /^[ \t]*\/\/.*$/gm
const QUOTED = /"([^"\n]{1,500})"|'([^'\n]{1,500})'|`([^`$\n]{1,500})`/g

export const withoutRemarks = (code: string): string => code.replace(REMARKS, '')

/** The texts between quotation marks that nothing is put into. */
export const quotedIn = (code: string): readonly string[] =>
  [...code.matchAll(QUOTED)].map(([, one, other, third]) => one ?? other ?? third ?? '')
