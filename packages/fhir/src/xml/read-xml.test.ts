import { beforeAll, expect, test } from 'vitest'
import { loadDefinitions } from '../definitions.ts'
import { decimalText } from '../parse-json.ts'
import { faultsOf } from '../validation/validate.ts'
import { parseXml } from './read-xml.ts'

beforeAll(loadDefinitions)
const parsed = (xml: string) => parseXml(Buffer.from(xml))
const inFhir = (name: string, inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns="http://hl7.org/fhir">${inner}</${name}>`

test('XML gives the JSON of the same resource', () => {
  const { resource } = parsed(
    inFhir(
      'Patient',
      `<id value="p1"/><text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p title="a">Ann &amp; <b>co</b><br/></p></div></text>
       <contained><Organization><id value="o"/><name value="Surgery"/></Organization></contained>
       <extension url="http://x.example/e"><valueBoolean value="true"/></extension>
       <identifier><system value="https://x99.example/id"/><value value="A1"/></identifier>
       <name><family value="Ng"/><given value="Ann"><extension url="http://x.example/n"><valueCode value="q"/></extension></given><given value="May"/></name>
       <birthDate value="1960-02-01"/><multipleBirthInteger value="2"/>
       <contact><name><family value="Ng"/></name></contact><managingOrganization><reference value="#o"/></managingOrganization>`,
    ),
  )
  expect(resource).toEqual({
    resourceType: 'Patient',
    id: 'p1',
    text: {
      status: 'generated',
      div: '<div xmlns="http://www.w3.org/1999/xhtml"><p title="a">Ann &amp; <b>co</b><br></br></p></div>',
    },
    contained: [{ resourceType: 'Organization', id: 'o', name: 'Surgery' }],
    extension: [{ url: 'http://x.example/e', valueBoolean: true }],
    identifier: [{ system: 'https://x99.example/id', value: 'A1' }],
    name: [
      {
        family: 'Ng',
        given: ['Ann', 'May'],
        _given: [{ extension: [{ url: 'http://x.example/n', valueCode: 'q' }] }, null],
      },
    ],
    birthDate: '1960-02-01',
    multipleBirthInteger: 2,
    contact: [{ name: { family: 'Ng' } }],
    managingOrganization: { reference: '#o' },
  })
  expect(faultsOf(resource, 'Patient')).toEqual([])
})

test('decimals are kept as written, in entries too', () => {
  const { resource, decimals } = parsed(
    inFhir(
      'Bundle',
      '<type value="collection"/><entry><resource><Observation><status value="final"/><code><text value="K"/></code><valueQuantity><value value="5.10"/></valueQuantity></Observation></resource></entry>',
    ),
  )
  const [entry] = resource['entry'] as [{ resource: { valueQuantity: { value: number } } }]
  expect(
    decimalText(
      decimals,
      entry.resource.valueQuantity,
      'value',
      entry.resource.valueQuantity.value,
    ),
  ).toBe('5.10')
})

test('elements that R4 does not define are reported', () => {
  const { resource } = parsed(
    inFhir(
      'Patient',
      '<birthDay value="1960-02-01"/><active value="maybe"/><gender value="male"/><gender value="female"/>',
    ),
  )
  expect(faultsOf(resource, 'Patient').map(({ at }) => at)).toEqual(
    expect.arrayContaining(['Patient.birthDay', 'Patient.active', 'Patient.gender']),
  )
})

const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'
  .split('')
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`)
  .join('')}]>`
test.each([
  ['an entity bomb', `${bomb}${inFhir('Patient', '<id value="&j;"/>').slice(38)}`, 'XML_FORBIDDEN'],
  [
    'an external entity',
    `<!DOCTYPE Patient [<!ENTITY f SYSTEM "file:///etc/passwd">]>${inFhir('Patient', '<id value="&f;"/>').slice(38)}`,
    'XML_FORBIDDEN',
  ],
  ['an entity without declaration', inFhir('Patient', '<id value="&f;"/>'), 'NOT_XML'],
  ['a truncated document', '<Patient xmlns="http://hl7.org/fhir"><id', 'NOT_XML'],
  ['another namespace', '<Patient><id value="1"/></Patient>', 'NOT_XML'],
  ['an unknown resource', inFhir('Person2', ''), 'UNKNOWN_RESOURCE'],
  ['endless depth', inFhir('Patient', '<a>'.repeat(100_000)), 'TOO_DEEP'],
])('%s is refused', (_, xml, code) => {
  expect(() => parsed(xml)).toThrow(code)
})
