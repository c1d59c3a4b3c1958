import { type TObject, type TProperties, type TSchema, Type } from 'typebox'

/** Every object says all of its fields: what is not known is null, never left out. */
export const object = <P extends TProperties>(id: string, description: string, properties: P): TObject<P> =>
  Type.Object(properties, { $id: id, description, additionalProperties: false })

export const orNull = <T extends TSchema>(of: T, description?: string) => Type.Union([of, Type.Null()], description === undefined ? {} : { description })

export const text = (description: string) => Type.String({ description })
export const textOrNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description })
export const clinicalTime = (description: string) => textOrNull(`${description} ISO 8601 at the precision sent: a day stays a day.`)
export const instant = (description: string) => Type.String({ format: 'date-time', description })
export const instantOrNull = (description: string) => Type.Union([Type.String({ format: 'date-time' }), Type.Null()], { description })
export const list = <T extends TSchema>(of: T, description?: string) => Type.Array(of, description === undefined ? {} : { description })

export const Coded = object('Coded', 'A code and its text exactly as sent, with the alternate beside it. HL7 CE, CWE.', {
  code: textOrNull('Component 1.'),
  text: textOrNull('Component 2.'),
  system: textOrNull('Component 3.'),
  alternateCode: textOrNull('Component 4.'),
  alternateText: textOrNull('Component 5.'),
  alternateSystem: textOrNull('Component 6.'),
})

export const Practitioner = object('Practitioner', 'A practitioner as named in a message. HL7 XCN.', {
  identifier: textOrNull('XCN-1.'),
  authority: textOrNull('Of the identifier, e.g. GMC.'),
  family: textOrNull('Family name.'),
  given: list(Type.String()),
  prefix: textOrNull('Title.'),
})

export const PersonName = object('PersonName', 'A name in its parts, as sent. HL7 XPN.', {
  family: textOrNull('Family name.'),
  given: list(Type.String(), 'Given names in order.'),
  prefix: textOrNull('Title, e.g. Mrs.'),
  suffix: textOrNull('E.g. Jr.'),
  use: textOrNull('HL7 table 0200, e.g. L legal, A alias.'),
})

export const Address = object('Address', 'An address as sent. HL7 XAD.', {
  lines: list(Type.String()),
  city: textOrNull('Town or city.'),
  district: textOrNull('County.'),
  postcode: textOrNull('Postcode.'),
  country: textOrNull('Country.'),
  use: textOrNull('HL7 table 0190, e.g. H home.'),
})

export const Telecom = object('Telecom', 'A telephone number or electronic address as sent. HL7 XTN.', {
  value: text('Number or address.'),
  use: textOrNull('HL7 table 0201, e.g. PRN.'),
  equipment: textOrNull('HL7 table 0202, e.g. PH, CP, Internet.'),
})

export const Location = object('Location', 'A place in a care setting, in the parts sent. HL7 PL.', {
  pointOfCare: textOrNull('Ward or clinic.'),
  room: textOrNull('Room or bay.'),
  bed: textOrNull('Bed.'),
  facility: textOrNull('Hospital or site.'),
  building: textOrNull('Building.'),
  floor: textOrNull('Floor.'),
  description: textOrNull('In words.'),
})

export const Attachment = object(
  'Attachment',
  'Bytes that lie in the object store under the hash of their content, or a pointer to where the sender keeps them.',
  {
    hash: textOrNull('SHA-256 of the bytes, lower-case hex; null for a pointer.'),
    object: textOrNull('Object store key; null for a pointer.'),
    pointer: textOrNull('Where the sender keeps it; null for stored bytes.'),
    contentType: textOrNull('Media type.'),
    size: orNull(Type.Integer(), 'Bytes.'),
    title: textOrNull('As sent.'),
  },
)
