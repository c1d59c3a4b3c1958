import { observation } from '@tideway/fhir-ingest/sender.fixture'

/** Text that must not be shown once its resource was withdrawn. */
export const secret = 'SECRET'
/** Name of a coded fact, which stays readable with its status. */
export const name = 'Furosemide'
export const coded = (text: string) => ({ coding: [{ code: 'C1', display: text }], text })
export const word = (of: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${of}`, code }],
})
export const status = { status: 'entered-in-error' }
export const when = '2026-07-01T09:00:00+01:00'
export const flagged = {
  valueString: secret,
  interpretation: [word('v3-ObservationInterpretation', 'HH')],
  note: [{ text: secret }],
  effectiveDateTime: when,
}
export const ofReport = observation('K', flagged)
export const pressure = observation('BP', {
  component: [
    {
      code: coded('Systolic'),
      valueString: secret,
      interpretation: [word('v3-ObservationInterpretation', 'HH')],
    },
  ],
})
export const attachment = {
  content: [
    {
      attachment: {
        title: secret,
        contentType: 'text/plain',
        data: Buffer.from(secret).toString('base64'),
      },
    },
  ],
}
