/** Union of places in the file by links: four bytes a line. */
export const components = (size: number) => {
  const parent = new Int32Array(size + 1)
  for (let i = 0; i <= size; i += 1) parent[i] = i
  const up = (place: number): number => parent[place] ?? place
  const of = (place: number): number => {
    let at = place
    while (up(at) !== at) {
      parent[at] = up(up(at))
      at = up(at)
    }
    return at
  }
  return {
    of,
    /** The smallest place names the component. */
    join(a: number, b: number): void {
      const [one, other] = [of(a), of(b)]
      parent[Math.max(one, other)] = Math.min(one, other)
    },
  }
}

export type Components = ReturnType<typeof components>
