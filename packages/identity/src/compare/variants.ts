import variants from './name-variants.json' with { type: 'json' }

const groupsOf = (
  lines: readonly string[],
): ReadonlyMap<string, readonly (readonly string[])[]> => {
  const of = new Map<string, (readonly string[])[]>()
  for (const line of lines) {
    const group = line.split(' ')
    for (const name of group) of.set(name, [...(of.get(name) ?? []), group])
  }
  return of
}

const tables = { given: groupsOf(variants.given), family: groupsOf(variants.family) }

/** Groups of names that stand for each other: spellings, transliterations, short forms. */
export const variantGroups = (part: 'given' | 'family', name: string) =>
  tables[part].get(name) ?? []

/** Whether two names are in one group. */
export const areVariants = (part: 'given' | 'family', a: string, b: string): boolean =>
  variantGroups(part, a).some((group) => group.includes(b))
