/** The changes made to each library, by name. */
export const patchNames = {
  kafkajs: ['record-decoder', 'produce-request', 'grouping', 'murmur2', 'idle-timer'],
  avsc: ['short-text', 'optional-values'],
} as const

const settingOf = { kafkajs: 'KAFKAJS_PATCHES', avsc: 'AVSC_PATCHES' } as const

/** `all`, `none`, or names with commas between them. */
const read = <L extends keyof typeof patchNames>(library: L): ReadonlySet<string> => {
  const text = process.env[settingOf[library]] ?? 'all'
  return new Set(text === 'all' ? patchNames[library] : text === 'none' ? [] : text.split(','))
}

export const enabled = { kafkajs: read('kafkajs'), avsc: read('avsc') }
