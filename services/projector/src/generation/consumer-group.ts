/**
 * The consumer group that reads the log for one generation of the record: its offsets say how far
 * that generation is.
 *
 * @param group  of the first generation; the setting CONSUMER_GROUP
 */
export const consumerGroupOf = (group: string, generation: number): string =>
  generation === 1 ? group : `${group}.${generation}`

/** Whether a consumer group is that of any generation. */
export const isOfGeneration = (group: string, name: string): boolean =>
  name === group || (name.startsWith(`${group}.`) && /^\d+$/.test(name.slice(group.length + 1)))
