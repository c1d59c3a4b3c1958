import { type TObject, type TProperties, type TSchema, Type } from 'typebox'

/** Every object says all of its fields: what is not known is null, never left out. */
export const object = <P extends TProperties>(
  id: string,
  description: string,
  properties: P,
): TObject<P> => Type.Object(properties, { $id: id, description, additionalProperties: false })

export const orNull = <T extends TSchema>(of: T, description?: string) =>
  Type.Union([of, Type.Null()], description === undefined ? {} : { description })

export const text = (description: string) => Type.String({ description })
export const textOrNull = (description: string) =>
  Type.Union([Type.String(), Type.Null()], { description })
export const clinicalTime = (description: string) =>
  textOrNull(`${description} ISO 8601 at the precision sent: a day stays a day.`)
export const instant = (description: string) => Type.String({ format: 'date-time', description })
export const instantOrNull = (description: string) =>
  Type.Union([Type.String({ format: 'date-time' }), Type.Null()], { description })
export const list = <T extends TSchema>(of: T, description?: string) =>
  Type.Array(of, description === undefined ? {} : { description })

/** Null where none was sent, left out in what was stored before there was a place for it. */
const rarely = <T extends TSchema>(of: T, description: string) =>
  Type.Optional(orNull(of, description))

const CodedDetail = object('CodedDetail', 'What few senders say of it, as sent.', {
  version: textOrNull('Version of the code system.'),
  alternateVersion: textOrNull('Version of the alternate code system.'),
  originalText: textOrNull('The words the code was chosen for.'),
})

const Translation = object('Translation', "What a local code stands for, by its sender's table.", {
  system: text('Canonical URI of the code system.'),
  code: text('The code there.'),
  display: textOrNull('Its words.'),
})

export const Coded = object(
  'Coded',
  'A code and its text exactly as sent, with the alternate beside it. HL7 CE, CWE.',
  {
    code: textOrNull('Component 1.'),
    text: textOrNull('Component 2.'),
    system: textOrNull('Component 3.'),
    alternateCode: textOrNull('Component 4.'),
    alternateText: textOrNull('Component 5.'),
    alternateSystem: textOrNull('Component 6.'),
    detail: rarely(CodedDetail, 'What few senders say of it.'),
    translation: rarely(
      Translation,
      'What it stands for in a standard; its own code and text are always here.',
    ),
  },
)

const PractitionerDetail = object('PractitionerDetail', 'What few senders say of it, as sent.', {
  suffix: textOrNull('E.g. III.'),
  degree: textOrNull('Degree or qualification.'),
  professionalSuffix: textOrNull('Letters after the name, where there is a degree too.'),
  use: textOrNull('Kind of name, HL7 table 0200.'),
  identifierType: textOrNull('HL7 table 0203.'),
  facility: textOrNull('Facility that assigned the identifier.'),
  authorityId: textOrNull('Universal id of the authority.'),
  validFrom: textOrNull('The name is used from.'),
  validUntil: textOrNull('The name is used until.'),
})

export const Practitioner = object(
  'Practitioner',
  'A practitioner as named in a message. HL7 XCN.',
  {
    identifier: textOrNull('XCN-1.'),
    authority: textOrNull('Of the identifier, e.g. GMC.'),
    family: textOrNull('Family name.'),
    given: list(Type.String()),
    prefix: textOrNull('Title.'),
    detail: rarely(PractitionerDetail, 'What few senders say of it.'),
  },
)

const PersonNameDetail = object('PersonNameDetail', 'What few senders say of it, as sent.', {
  degree: textOrNull('Degree.'),
  professionalSuffix: textOrNull('Letters after the name.'),
  calledBy: textOrNull('What the person is called.'),
  validFrom: textOrNull('Used from.'),
  validUntil: textOrNull('Used until.'),
})

export const PersonName = object('PersonName', 'A name in its parts, as sent. HL7 XPN.', {
  family: textOrNull('Family name.'),
  given: list(Type.String(), 'Given names in order.'),
  prefix: textOrNull('Title, e.g. Mrs.'),
  suffix: textOrNull('E.g. Jr.'),
  use: textOrNull('HL7 table 0200, e.g. L legal, A alias.'),
  detail: rarely(PersonNameDetail, 'What few senders say of it.'),
})

const AddressDetail = object('AddressDetail', 'What few senders say of it, as sent.', {
  streetName: textOrNull('Street, where the lines do not say it.'),
  dwellingNumber: textOrNull('Number of the house, where the lines do not say it.'),
  other: textOrNull('Other geographic designation.'),
  county: textOrNull('County or parish code.'),
  countyName: textOrNull('County or parish.'),
  addressee: textOrNull('To whom mail is addressed.'),
  censusTract: textOrNull('Census tract.'),
  validFrom: textOrNull('Valid from.'),
  validUntil: textOrNull('Valid until.'),
})

export const Address = object('Address', 'An address as sent. HL7 XAD.', {
  lines: list(Type.String()),
  city: textOrNull('Town or city.'),
  district: textOrNull('County.'),
  postcode: textOrNull('Postcode.'),
  country: textOrNull('Country.'),
  use: textOrNull('HL7 table 0190, e.g. H home.'),
  detail: rarely(AddressDetail, 'What few senders say of it.'),
})

const TelecomDetail = object('TelecomDetail', 'What few senders say of it, as sent.', {
  remark: textOrNull('What was said beside it.'),
  unformatted: textOrNull('The number as it is dialled, where the value is another.'),
  validFrom: textOrNull('Valid from.'),
  validUntil: textOrNull('Valid until.'),
  preference: textOrNull('Order of preference, 1 is the first.'),
})

export const Telecom = object(
  'Telecom',
  'A telephone number or electronic address as sent. HL7 XTN.',
  {
    value: text('Number or address.'),
    use: textOrNull('HL7 table 0201, e.g. PRN.'),
    equipment: textOrNull('HL7 table 0202, e.g. PH, CP, Internet.'),
    detail: rarely(TelecomDetail, 'What few senders say of it.'),
  },
)

const LocationDetail = object('LocationDetail', 'What few senders say of it, as sent.', {
  type: textOrNull('HL7 table 0305.'),
  status: textOrNull('HL7 table 0306.'),
  identifier: textOrNull('Comprehensive identifier.'),
})

export const Location = object(
  'Location',
  'A place in a care setting, in the parts sent. HL7 PL.',
  {
    pointOfCare: textOrNull('Ward or clinic.'),
    room: textOrNull('Room or bay.'),
    bed: textOrNull('Bed.'),
    facility: textOrNull('Hospital or site.'),
    building: textOrNull('Building.'),
    floor: textOrNull('Floor.'),
    description: textOrNull('In words.'),
    detail: rarely(LocationDetail, 'What few senders say of it.'),
  },
)

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

export const Numeric = object(
  'Numeric',
  'A measured value as a number; the text as sent stays beside it. HL7 NM and SN.',
  {
    comparator: textOrNull('<, <=, >= or >; null for an exact value.'),
    value: Type.Number({ description: 'The number; of a range its lower end.' }),
    high: orNull(Type.Number(), 'Upper end of a range.'),
    divisor: orNull(Type.Number(), 'What the number stands over in a ratio such as 1:128.'),
  },
)
