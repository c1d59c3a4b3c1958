const person = {
  id: 'Zp0m3nV0qk2m0o3cS8m1bg',
  members: [
    {
      ...{ organisation: 'RJZ', identifier: '1234567' },
      ...{ since: '2026-11-22T09:30:00.000Z', by: 'tideway', rule: 'founder' },
    },
    {
      ...{ organisation: 'RJ1', identifier: '7654321', since: '2026-11-23T10:00:00.000Z' },
      ...{ by: 'tideway', rule: 'number-birthday-names', score: 64.1 },
    },
  ],
}

export const personExample = { person }

export const decisionExample = {
  ...{ decision: '2b1f4f0e-8a52-4f0e-9d6b-6f6f0d8f2a11', effective: true },
  persons: [person],
}

const side = (organisation: string, identifier: string, given: string) => ({
  patient: { organisation, identifier },
  nhsNumber: '9990000018',
  names: [{ family: 'EXAMPLE', given: [given] }],
  birthDate: '2019-05-04',
  ...{ postcodes: [], phones: [] },
})

export const workItemsExample = {
  items: [
    {
      id: '4Xm3nV0qk2m0o3cS8m1bYw',
      kind: 'number-shared',
      patients: [
        { organisation: 'RJ1', identifier: '7654321' },
        { organisation: 'RJZ', identifier: '1234567' },
      ],
      since: '2026-11-23T10:00:00.000Z',
      rule: 'number-shared-given-names',
      score: 20.4,
      fields: [
        { field: 'nhsNumber', score: 22.58 },
        { field: 'given', score: -6.2 },
      ],
      sides: [side('RJ1', '7654321', 'ADAM'), side('RJZ', '1234567', 'EVE')],
      history: [],
    },
  ],
}
