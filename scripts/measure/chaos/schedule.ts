/** Names to kill: each once in turn, then at random, sometimes two at once. */
export const victims = function* (
  names: readonly string[],
  random: () => number,
): Generator<string[]> {
  for (const name of names) yield [name]
  const pick = () => names[Math.floor(random() * names.length)] as string
  for (;;) {
    const both = random() < 0.25
    yield both ? [...new Set([pick(), pick()])] : [pick()]
  }
}
