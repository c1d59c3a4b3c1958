import { type TObject, type TOptional, type TProperties, type TSchema, Type } from 'typebox'

/**
 * An object of an answer. Fields that are not `optional` are always there; lists of these are empty
 * where there is nothing.
 */
export const object = <P extends TProperties>(
  id: string,
  description: string,
  properties: P,
): TObject<P> => Type.Object(properties, { $id: id, description, additionalProperties: false })

/** A named schema keeps its own description and is referred to beside another. */
const described = <T extends TSchema>(of: T, description: string | undefined): T => {
  if (description === undefined) return of
  return ('$id' in of ? Type.Intersect([of], { description }) : { ...of, description }) as T
}

/** A field that is left out where there is nothing to say. */
export const optional = <T extends TSchema>(of: T, description?: string): TOptional<T> =>
  Type.Optional(described(of, description)) as TOptional<T>

export const text = (description: string) => Type.String({ description })
export const optionalText = (description: string) => Type.Optional(text(description))

/**
 * Format of a FHIR dateTime: a date of any precision, or a time with seconds and offset. OpenAPI's
 * `date-time` would refuse the dates.
 */
export const fhirDateTime = 'fhir-datetime'

/** Format of a public id; its value is the id in the store, and is written under the key. */
export const publicIdFormat = 'public-id'

export const publicIdText = (description: string) =>
  Type.String({ format: publicIdFormat, description })
export const optionalPublicId = (description: string) => Type.Optional(publicIdText(description))

/** Format of an address of this service with public ids in it, like these. */
export const recordAddressFormat = 'uri-reference'

export const recordAddress = (description: string) =>
  Type.String({ format: recordAddressFormat, description })

/** Format of a status system; its value is the name in events, and is written as the URI. */
export const statusSystemFormat = 'status-system'

/** The table or value set a status was sent in. */
export const statusSystem = (description: string) =>
  Type.Optional(Type.String({ format: statusSystemFormat, description }))

/** A clinical time: optional, a FHIR dateTime. */
export const clinicalTime = (description: string) =>
  Type.Optional(
    Type.String({
      format: fhirDateTime,
      description: `${description} FHIR dateTime at the precision sent (year, month, day or time); seconds that were not sent are 00.`,
    }),
  )
/** Mark of a time that lies after the message that states it. */
export const futureMark = (description: string) =>
  Type.Optional(Type.Literal(true, { description }))

export const instant = (description: string) => Type.String({ format: 'date-time', description })
export const optionalInstant = (description: string) => Type.Optional(instant(description))
export const list = <T extends TSchema>(of: T, description?: string) =>
  Type.Array(of, description === undefined ? {} : { description })

const CodedDetail = object('CodedDetail', 'Rarely sent components, as sent.', {
  version: optionalText('Version of the code system.'),
  alternateVersion: optionalText('Version of the alternate code system.'),
  originalText: optionalText('Text the code was chosen for.'),
})

const Translation = object('Translation', "A local code in a standard, by its sender's table.", {
  system: text('Canonical URI of the code system.'),
  code: text('Code.'),
  display: optionalText('Display text of the code.'),
})

export const Coded = object(
  'Coded',
  'A code and its text exactly as sent, with the alternate beside it. HL7 CE, CWE.',
  {
    code: optionalText('Component 1.'),
    text: optionalText('Component 2.'),
    system: optionalText('Canonical URI of the code system; absent for a local or unknown one.'),
    systemAsSent: optionalText('Component 3, the name or URI as sent.'),
    alternateCode: optionalText('Component 4.'),
    alternateText: optionalText('Component 5.'),
    alternateSystem: optionalText('Canonical URI of the alternate code system.'),
    alternateSystemAsSent: optionalText('Component 6.'),
    detail: optional(CodedDetail),
    translation: optional(
      Translation,
      'The standard code that a local one stands for; the local code and text are always here.',
    ),
  },
)

const PractitionerDetail = object('PractitionerDetail', 'Rarely sent components, as sent.', {
  suffix: optionalText('E.g. III.'),
  degree: optionalText('Degree or qualification.'),
  professionalSuffix: optionalText('Letters after the name, where there is a degree too.'),
  use: optionalText('Kind of name, HL7 table 0200.'),
  identifierType: optionalText('HL7 table 0203.'),
  facility: optionalText('Facility that assigned the identifier.'),
  authorityId: optionalText('Universal id of the authority.'),
  validFrom: clinicalTime('The name is used from.'),
  validUntil: clinicalTime('The name is used until.'),
})

export const Practitioner = object(
  'Practitioner',
  'A practitioner as named in a message. HL7 XCN.',
  {
    identifier: optionalText('XCN-1.'),
    authority: optionalText('Of the identifier, e.g. GMC.'),
    family: optionalText('Family name.'),
    given: list(Type.String()),
    prefix: optionalText('Title.'),
    detail: optional(PractitionerDetail),
  },
)

const PersonNameDetail = object('PersonNameDetail', 'Rarely sent components, as sent.', {
  degree: optionalText('Degree.'),
  professionalSuffix: optionalText('Letters after the name.'),
  calledBy: optionalText('What the person is called.'),
  validFrom: clinicalTime('Used from.'),
  validUntil: clinicalTime('Used until.'),
})

export const PersonName = object('PersonName', 'A name in its parts, as sent. HL7 XPN.', {
  family: optionalText('Family name.'),
  given: list(Type.String(), 'Given names in order.'),
  prefix: optionalText('Title, e.g. Mrs.'),
  suffix: optionalText('E.g. Jr.'),
  use: optionalText('HL7 table 0200, e.g. L legal, A alias.'),
  detail: optional(PersonNameDetail),
})

const AddressDetail = object('AddressDetail', 'Rarely sent components, as sent.', {
  streetName: optionalText('Street, where the lines do not say it.'),
  dwellingNumber: optionalText('Number of the house, where the lines do not say it.'),
  other: optionalText('Other geographic designation.'),
  county: optionalText('County or parish code.'),
  countyName: optionalText('County or parish.'),
  addressee: optionalText('To whom mail is addressed.'),
  censusTract: optionalText('Census tract.'),
  validFrom: clinicalTime('Valid from.'),
  validUntil: clinicalTime('Valid until.'),
})

export const Address = object('Address', 'An address as sent. HL7 XAD.', {
  lines: list(Type.String()),
  city: optionalText('Town or city.'),
  district: optionalText('County.'),
  postcode: optionalText('Postcode.'),
  country: optionalText('Country.'),
  use: optionalText('HL7 table 0190, e.g. H home.'),
  detail: optional(AddressDetail),
})

const TelecomDetail = object('TelecomDetail', 'Rarely sent components, as sent.', {
  remark: optionalText('Remark sent with it.'),
  unformatted: optionalText('The number as it is dialled, where the value is another.'),
  validFrom: clinicalTime('Valid from.'),
  validUntil: clinicalTime('Valid until.'),
  preference: optionalText('Order of preference, 1 is the first.'),
})

export const Telecom = object(
  'Telecom',
  'A telephone number or electronic address as sent. HL7 XTN.',
  {
    value: text('Number or address.'),
    use: optionalText('HL7 table 0201, e.g. PRN.'),
    equipment: optionalText('HL7 table 0202, e.g. PH, CP, Internet.'),
    detail: optional(TelecomDetail),
  },
)

const LocationDetail = object('LocationDetail', 'Rarely sent components, as sent.', {
  type: optionalText('HL7 table 0305.'),
  status: optionalText('HL7 table 0306.'),
  identifier: optionalText('Comprehensive identifier.'),
})

export const Location = object(
  'Location',
  'A place in a care setting, in the parts sent. HL7 PL.',
  {
    pointOfCare: optionalText('Ward or clinic.'),
    room: optionalText('Room or bay.'),
    bed: optionalText('Bed.'),
    facility: optionalText('Hospital or site.'),
    building: optionalText('Building.'),
    floor: optionalText('Floor.'),
    description: optionalText('Description in words.'),
    detail: optional(LocationDetail),
  },
)

export const Attachment = object(
  'Attachment',
  'A file in the object store, by the hash of its content, or a pointer to a file that the sender keeps.',
  {
    hash: optionalText('SHA-256 of the bytes, lower-case hex; absent for a pointer.'),
    object: optionalText('Object store key; absent for a pointer.'),
    pointer: optionalText('Where the sender keeps it; absent for a stored file.'),
    contentType: optionalText('Media type.'),
    size: optional(Type.Integer(), 'Bytes.'),
    title: optionalText('As sent.'),
  },
)

export const Numeric = object(
  'Numeric',
  'A measured value as a number; the text as sent stays beside it. HL7 NM and SN.',
  {
    comparator: optionalText('<, <=, >= or >; absent for an exact value.'),
    value: Type.Number({ description: 'The number; of a range, its lower end.' }),
    high: optional(Type.Number(), 'Upper end of a range.'),
    divisor: optional(Type.Number(), 'Denominator of a ratio such as 1:128.'),
  },
)
