/** Patients in groups that are joined pair by pair; a group is named by one of its patients. */
export type Groups = {
  of(patient: string): string
  members(group: string): readonly string[]
  join(a: string, b: string): void
  all(): string[][]
}

export const groupsOf = (patients: Iterable<string>): Groups => {
  const groupOf = new Map<string, string>()
  const membersOf = new Map<string, string[]>()
  for (const patient of patients) {
    groupOf.set(patient, patient)
    membersOf.set(patient, [patient])
  }
  const of = (patient: string): string => groupOf.get(patient) ?? patient
  const members = (group: string): string[] => membersOf.get(group) ?? [group]
  return {
    of,
    members,
    join(a, b) {
      const [kept, gone] = [of(a), of(b)].toSorted(
        (one, other) => members(other).length - members(one).length,
      )
      if (kept === undefined || gone === undefined || kept === gone) return
      for (const patient of members(gone)) groupOf.set(patient, kept)
      membersOf.set(kept, [...members(kept), ...members(gone)])
      membersOf.delete(gone)
    },
    all: () =>
      [...membersOf.values()]
        .map((group) => group.toSorted())
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  }
}
