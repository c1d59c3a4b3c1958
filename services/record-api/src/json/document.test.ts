import type { Document, Entry } from '@tideway/schemas/documents/entry'
import { unsaid } from '@tideway/schemas/events.generated'
import { publicId } from '@tideway/schemas/public-id'
import { expect, test } from 'vitest'
import { documentOf } from './document.ts'

const attachment = {
  hash: 'ab',
  object: 'payloads/ab',
  pointer: null,
  contentType: 'application/pdf',
  size: 3,
  title: 'Letter',
}
const document: Document = {
  kind: 'document',
  documentId: 'D1',
  title: 'Letter',
  documentKind: null,
  at: '2026-11-22',
  status: 'final',
  reportId: 'L1|UE',
  attachment,
  ...{
    attachments: [attachment],
    observations: [],
    text: null,
    addsTo: null,
    replaces: null,
    confidentiality: null,
    encounterId: null,
    authors: [],
  },
  shown: '',
  reported: [],
}
const given = (data: Document) =>
  documentOf({ id: 'x', patient: 'RJZ|1', origins: [], data } as unknown as Entry, data, {
    archive: new Map(),
  })

test('a document by reference, with the report it belongs to', () => {
  expect(given(document)).toMatchObject({
    title: 'Letter',
    attachment: { hash: 'ab', size: 3 },
    report: publicId('RJZ|1|report|L1|UE'),
    patient: publicId('RJZ|1'),
    organisation: 'RJZ',
  })
})

test.each(['wrong-patient', 'entered-in-error', 'cancelled'] as const)(
  '%s keeps kind and time, and shows no title, author or content',
  (status) => {
    const documentKind = { ...unsaid.Coded(), code: 'DS', text: 'Discharge summary' }
    const said = {
      text: 'words',
      attachments: [attachment],
      authors: [{ ...unsaid.Practitioner(), family: 'RAO' }],
      documentKind,
    }
    expect(JSON.stringify(given({ ...document, ...said }))).toMatch(/Letter.*payloads.*words.*RAO/)
    const shown = given({ ...document, ...said, status })
    expect(shown).toMatchObject({
      status,
      documentId: 'D1',
      documentKind,
      at: '2026-11-22',
      title: null,
      attachment: null,
      text: null,
      authors: [],
    })
    expect(JSON.stringify(shown)).not.toMatch(/Letter|payloads|words|RAO/)
  },
)

test('an inherited confidentiality names the document it comes from', () => {
  expect(given({ ...document, confidentiality: 'V', confidentialityFrom: 'D0' })).toMatchObject({
    confidentiality: 'V',
    confidentialityFrom: publicId('RJZ|1|document|D0'),
  })
  expect(given({ ...document, confidentiality: 'V' })).toMatchObject({
    confidentiality: 'V',
    confidentialityFrom: null,
  })
})
