export class NoCluster extends Error {}
export function distribution(version: string): string
export function javaHome(version: string): string
