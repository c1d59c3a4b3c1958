import type { Outgoing, Publisher } from '@tideway/kafka/client'
import type { Registry } from '@tideway/kafka/registry'
import { cloudEventHeaders } from '@tideway/schemas/cloud-events'
import type { StoredPerson, PersonMember } from '@tideway/schemas/documents/identity'
import type { PersonLink } from '@tideway/schemas/events.generated'
import type { IdSeal } from '@tideway/schemas/id-seal'

const linkOf = ({ patient, since, by, rule, score }: PersonMember): PersonLink => ({
  patientKey: patient,
  since: since.getTime(),
  by,
  rule,
  score,
})

const eventsOf = (
  { _id, pending = [] }: StoredPerson,
  registry: Pick<Registry, 'encode'>,
  { seal }: Pick<IdSeal, 'seal'>,
): Outgoing<'personEvents'>[] =>
  pending.map((change) => {
    const person = seal(_id)
    const id = `${person}.${change.version}`
    const at = change.at.getTime() * 1000
    return {
      topic: 'personEvents',
      key: person,
      value: registry.encode('personEvents', {
        ...{ id, person, at, version: change.version },
        linked: change.linked.map(linkOf),
        unlinked: change.unlinked.map(linkOf),
        members: change.members.map(linkOf),
        decisions: change.decisions,
        messages: change.messages,
      }),
      headers: cloudEventHeaders({
        ...{ id, at, type: 'PersonChanged', source: '/identity', traceparent: null },
      }),
    }
  })

/** Publishes the pending changes of persons; resolves when they are durable. */
export const personPublisher =
  (publisher: Publisher, registry: Pick<Registry, 'encode'>, ids: Pick<IdSeal, 'seal'>) =>
  async (persons: readonly StoredPerson[]): Promise<void> => {
    const records = persons.flatMap((person) => eventsOf(person, registry, ids))
    if (records.length > 0) await publisher.publish(records)
  }
