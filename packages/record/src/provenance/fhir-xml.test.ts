import { expect, test } from 'vitest'
import { locate } from './locate.ts'
import { messageLocator } from './message-locator.ts'

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
const locator = messageLocator(text)
const at = 'Bundle.entry[2].resource'
const found = (place: string, said: object, ...path: (string | number)[]) => {
  const located = locator === null ? null : locate(locator, place, 'Observation', said, path)
  return located?.pieces.map((piece) => [piece.place, text.slice(piece.start, piece.end)]) ?? null
}

test('a value is that of its attribute, found by its expression', () => {
  expect(found(at, { value: '6.80' }, 'value')).toEqual([[`${at}.valueQuantity.value`, '6.80']])
  expect(found(at, { code: { code: '2823-3', text: 'Potassium' } }, 'code', 'text')).toEqual([
    [`${at}.code.coding.display`, 'Potassium'],
  ])
  expect(found(at, { observedAt: '2026-07-01T10:05:00+01:00' }, 'observedAt')).toEqual([
    [`${at}.effectiveDateTime`, '2026-07-01T10:05:00+01:00'],
  ])
})

test('the only item of a list is found by its index', () => {
  expect(found(`${at}.component[0]`, { value: '120' }, 'value')).toEqual([
    [`${at}.component.valueQuantity.value`, '120'],
  ])
  expect(found(`${at}.component[1]`, { value: '120' }, 'value')).toBeNull()
})

test('only a referenced resource is searched; an entity is marked as sent', () => {
  expect(found(at, { performers: [{ family: 'Núñez & Co' }] }, 'performers', 0, 'family')).toEqual([
    ['Bundle.entry[1].resource.name.family', 'N&#xFA;&#xF1;ez &amp; Co'],
  ])
  expect(found(at, { performers: [{ family: 'Elsewhere' }] }, 'performers', 0, 'family')).toBeNull()
})

test('around a piece is its element of the resource, as written', () => {
  const around = (said: object, name: string) => {
    const [piece] =
      (locator === null ? null : locate(locator, at, 'Observation', said, [name]))?.pieces ?? []
    const node = piece === undefined ? undefined : locator?.around(piece)
    expect(node?.text).toBe(text.slice(node?.start, node?.end))
    return node?.text
  }
  expect(around({ value: '6.80' }, 'value')).toBe(
    '<valueQuantity><value value="6.80"/><unit value="mmol/L"/></valueQuantity>',
  )
  expect(around({ status: 'final' }, 'status')).toBe('<status value="final"/>')
})

test('other XML is not a resource', () => {
  for (const other of [
    '<Patient/>',
    '<a xmlns="http://hl7.org/fhir"/>',
    '<Patient xmlns="http://hl7.org/fhir">',
  ])
    expect(messageLocator(other)).toBeNull()
})
