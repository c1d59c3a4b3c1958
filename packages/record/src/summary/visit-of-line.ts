import type { EncounterLine, PatientHead, StatementLine } from '@tideway/schemas/documents/head'

/** The number alone of what an earlier release stored. */
const hadBegun = ({ began }: EncounterLine, { toldAt }: StatementLine): boolean =>
  began === undefined || toldAt === undefined || began.getTime() <= toldAt.getTime()

const byBeginning = (a: EncounterLine, b: EncounterLine): number =>
  (a.began?.getTime() ?? 0) - (b.began?.getTime() ?? 0)

/**
 * The open visit that a diagnosis was told of: of stays that share a number the newest that had
 * begun by then. Null if that is not among the lines, hence over, or still to come.
 */
export const openVisitOf = (
  line: StatementLine,
  { encounters }: Pick<PatientHead, 'encounters'>,
): EncounterLine | null => {
  const visit = encounters
    .filter(({ encounterId }) => encounterId === line.encounterId)
    .toSorted(byBeginning)
    .findLast((one) => hadBegun(one, line))
  return visit?.status === 'open' ? visit : null
}
