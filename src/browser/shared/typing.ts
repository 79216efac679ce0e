/** Whether so little is typed that nearly everything begins with it: it is searched when it is entered, but not while typing. */
export const isLetter = (typed: string): boolean => /^\s*\p{Script=Latin}\s*$/u.test(typed)
