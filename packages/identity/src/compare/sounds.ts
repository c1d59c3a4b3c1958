import { doubleMetaphone } from 'double-metaphone'

const kept = new Map<string, readonly string[]>()
const most = 50_000

/** How a name may sound, one or two codes; names of other than Latin letters stay as they are. */
export const soundsOf = (name: string): readonly string[] => {
  const known = kept.get(name)
  if (known !== undefined) return known
  const codes = [...new Set(doubleMetaphone(name))].filter((code) => code !== '')
  const sounds = codes.length > 0 ? codes : [name]
  if (kept.size >= most) kept.clear()
  kept.set(name, sounds)
  return sounds
}

export const soundAlike = (a: string, b: string): boolean => {
  const others = soundsOf(b)
  return soundsOf(a).some((sound) => others.includes(sound))
}
