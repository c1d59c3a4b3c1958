import { normalise } from '../normalise/normalise.ts'
import { bytesOf, rules, trust } from '../sender.fixture.ts'
import { resourcesRecord } from './records.ts'
import { openView, type View } from './view.ts'

export const base = 'https://record.example/fhir'

/** A client whose messages are remembered, a second apart; clients may share a view. */
export const remembering = (client = 'client-x99', source = trust, view: View = openView()) => {
  let receivedAt = 1_800_000_000_000_000
  const send = (method: 'POST' | 'PUT', resource: object) => {
    receivedAt += 1_000_000
    const sent = normalise(
      {
        source,
        bytes: bytesOf(resource),
        receivedAt,
        submitter: { client, method, base },
        known: (name) => view.find(client, name),
      },
      rules,
    )
    if (sent.stated.length > 0) {
      const { key, record } = resourcesRecord({ source: source.ods, client }, sent.stated)
      view.note(key, record)
    }
    return sent
  }
  return {
    put: (resource: object) => send('PUT', resource),
    post: (resource: object) => send('POST', resource),
    view,
  }
}

export const put = (resource: { resourceType: string; id: string }, fullUrl?: string) => ({
  ...(fullUrl === undefined ? {} : { fullUrl }),
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
})
