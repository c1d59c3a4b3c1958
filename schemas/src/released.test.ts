import { once } from 'node:events'
import avro from 'avsc'
import { expect, test } from 'vitest'
import { decodeObject } from './archive.ts'
import { envelopeType } from './codec.ts'
import { everythingSaid, releasedTypes } from './released.fixture.ts'
import { topics } from './topics.ts'

const written = Object.values(topics).flatMap(({ name, envelope }) =>
  releasedTypes(name).map(({ version, type }) => ({ name, envelope, version, type })),
)

test.each(written)('what release $version wrote to $name is read', ({ envelope, type }) => {
  const value = everythingSaid(type)
  const reader = envelopeType(envelope)
  const read = reader.fromBuffer(type.toBuffer(value), reader.createResolver(type)) as object
  expect(read).toMatchObject(
    Object.fromEntries(Object.entries(value as object).filter(([name]) => name !== 'body')),
  )
})

test.each(releasedTypes('archived-messages'))(
  'an archive object that release $version wrote is read',
  async ({ type }) => {
    const encoder = new avro.streams.BlockEncoder(type, {
      codec: 'deflate',
      metadata: {
        'tideway.first': Buffer.from('3'),
        'tideway.last': Buffer.from('5'),
        'tideway.skipped': Buffer.from('[4]'),
        'tideway.archivedAt': Buffer.from('2026-07-01T10:00:00.000Z'),
      },
    } as never)
    const chunks: Buffer[] = []
    encoder.on('data', (chunk: Buffer) => chunks.push(chunk))
    const ended = once(encoder, 'end')
    const value = everythingSaid(type)
    encoder.write(value)
    encoder.end()
    await ended
    const { coverage, messages } = await decodeObject(Buffer.concat(chunks))
    expect(coverage).toMatchObject({ first: 3, last: 5, skipped: [4] })
    expect(messages).toMatchObject([value as object])
  },
)
