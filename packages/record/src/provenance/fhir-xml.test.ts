import { expect, test } from 'vitest'
import { locate } from './locate.ts'
import { searchMessage } from './message-locator.ts'

const text = `<?xml version="1.0"?>
<Bundle xmlns="http://hl7.org/fhir">
  <entry><fullUrl value="urn:uuid:9"/><resource><Practitioner><name><family value="Elsewhere"/></name></Practitioner></resource></entry>
  <entry><fullUrl value='urn:uuid:1'/><resource><Practitioner><name><family value="N&#xFA;&#xF1;ez &amp; Co"/></name></Practitioner></resource></entry>
  <entry><resource><Observation>
    <id value="o1"/><status value="final"/>
    <contained><Specimen><id value="s"/></Specimen></contained>
    <code><coding><system value="http://loinc.org"/><code value="2823-3"/><display value="Potassium"/></coding></code>
    <effectiveDateTime value="2026-07-01T10:05:00+01:00"><extension url="http://example.org/x"><valueString value="y"/></extension></effectiveDateTime>
    <performer><reference value="urn:uuid:1"/></performer>
    <valueQuantity><value value="6.80"/><unit value="mmol/L"/></valueQuantity>
    <component><code><text value="Systolic"/></code><valueQuantity><value value="120"/></valueQuantity></component>
  </Observation></resource></entry>
</Bundle>`
const search = searchMessage(text)
const at = 'Bundle.entry[2].resource'
const found = (place: string, said: object, ...path: (string | number)[]) => {
  const located = search === null ? null : locate(search, place, 'Observation', said, path)
  return located?.pieces.map((piece) => [piece.place, text.slice(piece.start, piece.end)]) ?? null
}

test('a value is what its attribute holds, by its expression', () => {
  expect(found(at, { value: '6.80' }, 'value')).toEqual([[`${at}.valueQuantity.value`, '6.80']])
  expect(found(at, { code: { code: '2823-3', text: 'Potassium' } }, 'code', 'text')).toEqual([
    [`${at}.code.coding.display`, 'Potassium'],
  ])
  expect(found(at, { observedAt: '2026-07-01T10:05:00+01:00' }, 'observedAt')).toEqual([
    [`${at}.effectiveDateTime`, '2026-07-01T10:05:00+01:00'],
  ])
})

test('the only one of a list is found by its number', () => {
  expect(found(`${at}.component[0]`, { value: '120' }, 'value')).toEqual([
    [`${at}.component.valueQuantity.value`, '120'],
  ])
  expect(found(`${at}.component[1]`, { value: '120' }, 'value')).toBeNull()
})

test('a resource that is referred to, and no other; an entity is marked as it was sent', () => {
  expect(found(at, { performers: [{ family: 'Núñez & Co' }] }, 'performers', 0, 'family')).toEqual([
    ['Bundle.entry[1].resource.name.family', 'N&#xFA;&#xF1;ez &amp; Co'],
  ])
  expect(found(at, { performers: [{ family: 'Elsewhere' }] }, 'performers', 0, 'family')).toBeNull()
})

test('around a piece is its element of the resource, as it is written', () => {
  const around = (said: object, name: string) => {
    const [piece] =
      (search === null ? null : locate(search, at, 'Observation', said, [name]))?.pieces ?? []
    const node = piece === undefined ? undefined : search?.around(piece)
    expect(node?.text).toBe(text.slice(node?.start, node?.end))
    return node?.text
  }
  expect(around({ value: '6.80' }, 'value')).toBe(
    '<valueQuantity><value value="6.80"/><unit value="mmol/L"/></valueQuantity>',
  )
  expect(around({ status: 'final' }, 'status')).toBe('<status value="final"/>')
})

test('other XML is no resource', () => {
  for (const other of [
    '<Patient/>',
    '<a xmlns="http://hl7.org/fhir"/>',
    '<Patient xmlns="http://hl7.org/fhir">',
  ])
    expect(searchMessage(other)).toBeNull()
})
