import type { Traits } from './traits.ts'

/** Ann Carter as one hospital knows her; what a test says differs. */
export const traits = (said: Partial<Traits> = {}): Traits => ({
  patient: 'RJZ|1',
  organisation: 'RJZ',
  identifier: '1',
  nhsNumber: '9434765919',
  nhsNumberStatus: '01',
  names: [{ family: 'CARTER', given: ['ANN'] }],
  birthDate: '1974-03-22',
  sex: 'female',
  postcodes: ['SE5 9RS'],
  addressLines: ['12 Canal Road'],
  phones: ['07700 900123'],
  emails: [],
  gpPractice: 'G85001',
  deceased: null,
  diedAt: null,
  ...said,
})

export const named = (given: string, family: string): Pick<Traits, 'names'> => ({
  names: [{ family, given: given.split(' ') }],
})

/** Nothing known of where somebody lives or can be reached. */
export const nowhere = { postcodes: [], addressLines: [], phones: [], emails: [], gpPractice: null }
