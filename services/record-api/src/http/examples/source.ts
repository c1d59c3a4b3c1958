import type { EntrySource } from '../../json/source.ts'

/** The original text behind one value, for the OpenAPI document. */
export const sourceExample: EntrySource = {
  entry: 'k1Vd2b1s7TnWq4yLkR9xAw',
  patient: 'q3nPv0d7wqYxT2m8aZ1uEg',
  field: 'observations[0].value',
  messages: [
    {
      message: '5d1c0f0f6f3f4d0f8a51d8d0d64a3c21',
      source: 'RJZ',
      type: 'ORU^R01',
      controlId: 'R01-1',
      receivedAt: '2026-11-22T09:15:02.114Z',
      archive: { object: 'raw-messages.v1/2026/11/22/1-00000000000000004211.avro', position: 17 },
      characterSet: 'utf-8',
      segments: [
        {
          place: 'OBX[1]',
          text: 'OBX|1|NM|K^Potassium^LOCAL||6.8|mmol/L|3.5-5.3|HH|||F',
          abridged: false,
          firstByte: 412,
          endByte: 465,
          fields: [
            {
              field: 'observations[0].value',
              place: 'OBX[1]-5',
              start: 28,
              end: 31,
              text: '6.8',
              firstByte: 440,
              endByte: 443,
            },
          ],
        },
      ],
    },
  ],
  withdrawn: [],
  left: 0,
}

/** The original text of what is in no entry, for the OpenAPI document. */
export const patientSourceExample: EntrySource = {
  patient: sourceExample.patient,
  field: 'notShown',
  messages: [
    {
      message: '5d1c0f0f6f3f4d0f8a51d8d0d64a3c21',
      source: 'RJZ',
      type: 'ADT^A01',
      controlId: 'A01-1',
      receivedAt: '2026-11-22T09:15:02.114Z',
      archive: { object: 'raw-messages.v1/2026/11/22/1-00000000000000004211.avro', position: 18 },
      characterSet: 'utf-8',
      segments: [
        {
          place: 'XYZ[1]',
          text: 'XYZ|1|Carries an adrenaline pen',
          abridged: false,
          firstByte: 310,
          endByte: 341,
          fields: [
            {
              field: 'notShown.places[1]',
              place: 'XYZ[1]-2',
              start: 6,
              end: 31,
              text: 'Carries an adrenaline pen',
              firstByte: 316,
              endByte: 341,
            },
          ],
        },
      ],
    },
  ],
  withdrawn: [],
  left: 0,
}
