/** Edits that a slip of the keyboard explains, by the length of the shorter word. */
const slipsIn = (length: number): number => {
  if (length < 4) return 0
  return length < 8 ? 1 : 2
}

/** Insertions, deletions, replacements and exchanges of neighbours between two words. */
const editsBetween = (a: string, b: string): number => {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i += 1) {
    const now = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1])
      const least = Math.min(replaced, (last[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1)
      const isExchange = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      now.push(isExchange ? Math.min(least, (before[j - 2] ?? 0) + 1) : least)
    }
    ;[before, last] = [last, now]
  }
  return last[b.length] ?? 0
}

const longest = 40

/** Whether two words may be one name: the same, an initial of it, or a slip of the keyboard apart. */
export const isAlike = (a: string, b: string): boolean => {
  if (a === b) return a !== ''
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length === 1) return long.startsWith(short)
  if (short.length === 0 || long.length > longest) return false
  return editsBetween(short, long) <= slipsIn(short.length)
}
