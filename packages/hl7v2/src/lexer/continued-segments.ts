/**
 * Joins the segments that continue a field of the one before (ADD) to it. MSH is not continued: it
 * identified the source.
 *
 * @see HL7 v2.5.1 chapter 2.10.2
 */
export const joinContinued = (
  rows: readonly (readonly string[])[],
): { joined: readonly (readonly string[])[]; continued: number } => {
  if (!rows.some(([name], at) => name === 'ADD' && at > 1)) return { joined: rows, continued: 0 }
  const joined: string[][] = []
  let continued = 0
  for (const row of rows) {
    const before = joined.at(-1)
    if (row[0] === 'ADD' && row.length > 1 && before !== undefined && before[0] !== 'MSH') {
      before[before.length - 1] += row[1] as string
      for (const field of row.slice(2)) before.push(field)
      continued++
    } else joined.push([...row])
  }
  return { joined, continued }
}
