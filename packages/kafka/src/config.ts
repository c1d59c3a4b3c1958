const names = ['produce-request', 'idle-timer'] as const
/** A change to kafkajs; see `patches/README.md`. */
export type KafkajsPatch = (typeof names)[number]

const isPatch = (text: string): text is KafkajsPatch => (names as readonly string[]).includes(text)

/**
 * Changes to kafkajs in use: `KAFKAJS_PATCHES` is `all` (the default), `none`, or names separated
 * by commas. Read when the module is loaded, because kafkajs is patched before it is used.
 *
 * @throws Error for an unknown name
 */
export const readPatches = (setting = 'all'): ReadonlySet<KafkajsPatch> => {
  if (setting === 'all') return new Set(names)
  if (setting === 'none') return new Set()
  const chosen = setting.split(',').map((text) => text.trim())
  if (!chosen.every(isPatch))
    throw new Error(`KAFKAJS_PATCHES must be all, none, or some of ${names.join(', ')}`)
  return new Set(chosen)
}

export const kafkajsPatches = readPatches(process.env['KAFKAJS_PATCHES'])
