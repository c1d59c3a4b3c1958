/** Whom to kill, in turn once each, then at random and now and then two at once. */
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
