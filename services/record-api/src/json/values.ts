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
export const orNull = <T extends TSchema>(of: T, description?: string): TOptional<T> =>
  Type.Optional(described(of, description)) as TOptional<T>

export const text = (description: string) => Type.String({ description })
export const textOrNull = (description: string) => Type.Optional(text(description))

/**
 * Format of a FHIR dateTime: a date of any precision, or a time with seconds and offset. OpenAPI's
 * `date-time` would refuse the dates.
 */
export const fhirDateTime = 'fhir-datetime'

/** A clinical time: optional, a FHIR dateTime. */
export const clinicalTime = (description: string) =>
  Type.Optional(
    Type.String({
      format: fhirDateTime,
      description: `${description} FHIR dateTime at the precision sent (year, month, day or time); seconds that were not sent are 00.`,
    }),
  )
export const instant = (description: string) => Type.String({ format: 'date-time', description })
export const instantOrNull = (description: string) => Type.Optional(instant(description))
export const list = <T extends TSchema>(of: T, description?: string) =>
  Type.Array(of, description === undefined ? {} : { description })

const CodedDetail = object('CodedDetail', 'Rarely sent components, as sent.', {
  version: textOrNull('Version of the code system.'),
  alternateVersion: textOrNull('Version of the alternate code system.'),
  originalText: textOrNull('Text the code was chosen for.'),
})

const Translation = object('Translation', "A local code in a standard, by its sender's table.", {
  system: text('Canonical URI of the code system.'),
  code: text('Code.'),
  display: textOrNull('Display text of the code.'),
})

export const Coded = object(
  'Coded',
  'A code and its text exactly as sent, with the alternate beside it. HL7 CE, CWE.',
  {
    code: textOrNull('Component 1.'),
    text: textOrNull('Component 2.'),
    system: textOrNull('Canonical URI of the code system; absent for a local or unknown one.'),
    systemAsSent: textOrNull('Component 3, the name or URI as sent.'),
    alternateCode: textOrNull('Component 4.'),
    alternateText: textOrNull('Component 5.'),
    alternateSystem: textOrNull('Canonical URI of the alternate code system.'),
    alternateSystemAsSent: textOrNull('Component 6.'),
    detail: orNull(CodedDetail),
    translation: orNull(
      Translation,
      'The standard code that a local one stands for; the local code and text are always here.',
    ),
  },
)

const PractitionerDetail = object('PractitionerDetail', 'Rarely sent components, as sent.', {
  suffix: textOrNull('E.g. III.'),
  degree: textOrNull('Degree or qualification.'),
  professionalSuffix: textOrNull('Letters after the name, where there is a degree too.'),
  use: textOrNull('Kind of name, HL7 table 0200.'),
  identifierType: textOrNull('HL7 table 0203.'),
  facility: textOrNull('Facility that assigned the identifier.'),
  authorityId: textOrNull('Universal id of the authority.'),
  validFrom: clinicalTime('The name is used from.'),
  validUntil: clinicalTime('The name is used until.'),
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
    detail: orNull(PractitionerDetail),
  },
)

const PersonNameDetail = object('PersonNameDetail', 'Rarely sent components, as sent.', {
  degree: textOrNull('Degree.'),
  professionalSuffix: textOrNull('Letters after the name.'),
  calledBy: textOrNull('What the person is called.'),
  validFrom: clinicalTime('Used from.'),
  validUntil: clinicalTime('Used until.'),
})

export const PersonName = object('PersonName', 'A name in its parts, as sent. HL7 XPN.', {
  family: textOrNull('Family name.'),
  given: list(Type.String(), 'Given names in order.'),
  prefix: textOrNull('Title, e.g. Mrs.'),
  suffix: textOrNull('E.g. Jr.'),
  use: textOrNull('HL7 table 0200, e.g. L legal, A alias.'),
  detail: orNull(PersonNameDetail),
})

const AddressDetail = object('AddressDetail', 'Rarely sent components, as sent.', {
  streetName: textOrNull('Street, where the lines do not say it.'),
  dwellingNumber: textOrNull('Number of the house, where the lines do not say it.'),
  other: textOrNull('Other geographic designation.'),
  county: textOrNull('County or parish code.'),
  countyName: textOrNull('County or parish.'),
  addressee: textOrNull('To whom mail is addressed.'),
  censusTract: textOrNull('Census tract.'),
  validFrom: clinicalTime('Valid from.'),
  validUntil: clinicalTime('Valid until.'),
})

export const Address = object('Address', 'An address as sent. HL7 XAD.', {
  lines: list(Type.String()),
  city: textOrNull('Town or city.'),
  district: textOrNull('County.'),
  postcode: textOrNull('Postcode.'),
  country: textOrNull('Country.'),
  use: textOrNull('HL7 table 0190, e.g. H home.'),
  detail: orNull(AddressDetail),
})

const TelecomDetail = object('TelecomDetail', 'Rarely sent components, as sent.', {
  remark: textOrNull('Remark sent with it.'),
  unformatted: textOrNull('The number as it is dialled, where the value is another.'),
  validFrom: clinicalTime('Valid from.'),
  validUntil: clinicalTime('Valid until.'),
  preference: textOrNull('Order of preference, 1 is the first.'),
})

export const Telecom = object(
  'Telecom',
  'A telephone number or electronic address as sent. HL7 XTN.',
  {
    value: text('Number or address.'),
    use: textOrNull('HL7 table 0201, e.g. PRN.'),
    equipment: textOrNull('HL7 table 0202, e.g. PH, CP, Internet.'),
    detail: orNull(TelecomDetail),
  },
)

const LocationDetail = object('LocationDetail', 'Rarely sent components, as sent.', {
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
    description: textOrNull('Description in words.'),
    detail: orNull(LocationDetail),
  },
)

export const Attachment = object(
  'Attachment',
  'A file in the object store, by the hash of its content, or a pointer to a file that the sender keeps.',
  {
    hash: textOrNull('SHA-256 of the bytes, lower-case hex; absent for a pointer.'),
    object: textOrNull('Object store key; absent for a pointer.'),
    pointer: textOrNull('Where the sender keeps it; absent for a stored file.'),
    contentType: textOrNull('Media type.'),
    size: orNull(Type.Integer(), 'Bytes.'),
    title: textOrNull('As sent.'),
  },
)

export const Numeric = object(
  'Numeric',
  'A measured value as a number; the text as sent stays beside it. HL7 NM and SN.',
  {
    comparator: textOrNull('<, <=, >= or >; absent for an exact value.'),
    value: Type.Number({ description: 'The number; of a range, its lower end.' }),
    high: orNull(Type.Number(), 'Upper end of a range.'),
    divisor: orNull(Type.Number(), 'Denominator of a ratio such as 1:128.'),
  },
)
