import type { AlarmRecipient, Practitioner } from '@tideway/schemas/events.generated'

type PeopleByRole = readonly [role: string, people: readonly Practitioner[]][]

/** Each person named, once a role, and the sending organisation, for whoever is on duty there. */
export const recipients = (people: PeopleByRole, source: string): AlarmRecipient[] => [
  ...people.flatMap(([role, practitioners]) =>
    practitioners.map((practitioner) => ({ role, practitioner, organisation: source })),
  ),
  { role: 'SENDER', practitioner: null, organisation: source },
]
