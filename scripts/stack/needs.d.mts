export type Need = {
  name: string
  debian: string
  macos: string
  there: (env: NodeJS.ProcessEnv) => boolean
}
export type Needs = { node: Need; java: Need; maven: Need; python: Need; docker: Need }

export const needs: Needs
export function missingNeeds(
  env: NodeJS.ProcessEnv,
  startsParts: boolean,
  isThere?: (need: Need) => boolean,
  serves?: (program: string) => boolean,
): string | null
