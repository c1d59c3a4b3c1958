/**
 * What the examples of the OpenAPI document have in common. Everybody in them is made up; NHS
 * numbers are of the test range.
 */
export const messageId = '5d1c0f0f6f3f4d0f8a51d8d0d64a3c21'
export const receivedAt = '2026-11-22T09:15:02.114Z'
export const archive = {
  object: 'raw-messages.v1/2026/11/22/1-00000000000000004211.avro',
  position: 17,
}

export const statedIn = (segment: string) => ({ message: messageId, segment })

export const origin = (segment: string) => ({
  ...statedIn(segment),
  source: 'RJZ',
  receivedAt,
  archive,
})
