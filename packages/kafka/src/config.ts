/** The changes to each library; see `patches/README.md`. */
const patches = {
  KAFKAJS_PATCHES: ['produce-request', 'grouping', 'idle-timer'],
  AVSC_PATCHES: ['record-writer'],
} as const
type PatchSetting = keyof typeof patches
type Patch<S extends PatchSetting> = (typeof patches)[S][number]

/**
 * Changes to a library in use: the setting is `all` (the default), `none`, or names separated by
 * commas. Read when the module is loaded, because a library is patched before it is used.
 *
 * @throws Error for an unknown name
 */
export const readPatches = <S extends PatchSetting>(
  setting: S,
  value = 'all',
): ReadonlySet<Patch<S>> => {
  const names: readonly Patch<S>[] = patches[setting]
  if (value === 'all') return new Set(names)
  if (value === 'none') return new Set()
  const chosen = value.split(',').map((text) => text.trim())
  const known = names.filter((name) => chosen.includes(name))
  if (known.length < new Set(chosen).size)
    throw new Error(`${setting} must be all, none, or some of ${names.join(', ')}`)
  return new Set(known)
}

export const kafkajsPatches = readPatches('KAFKAJS_PATCHES', process.env['KAFKAJS_PATCHES'])
export const avscPatches = readPatches('AVSC_PATCHES', process.env['AVSC_PATCHES'])
