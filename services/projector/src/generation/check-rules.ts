import type { Mongo } from '@tideway/mongo/client'

/**
 * Whether the documents of the live generation were made by other rules than these. Documents of an
 * earlier release, which did not say so, count as made by others.
 */
export const checkRules = async (
  { generations, patients }: Pick<Mongo, 'generations' | 'patients'>,
  rules: string,
): Promise<boolean> => {
  const { rules: madeBy } = await generations.read()
  if (madeBy === rules) return false
  if (madeBy !== null || (await patients.findOne({}, { projection: { _id: 1 } })) !== null)
    return true
  await generations.claim(rules)
  return false
}
