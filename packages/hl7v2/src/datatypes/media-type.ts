/**
 * HL7 table 0191, and its replacement 0834, to the main type; other values are already main types.
 */
const mainTypes = new Map([
  ['ap', 'application'],
  ['au', 'audio'],
  ['ft', 'text'],
  ['im', 'image'],
  ['text', 'text'],
])

/** HL7 table 0291 and common variants, to the full media type. */
const subtypes = new Map([
  ['pdf', 'application/pdf'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
  ['tiff', 'image/tiff'],
  ['tif', 'image/tiff'],
  ['bmp', 'image/bmp'],
  ['html', 'text/html'],
  ['htm', 'text/html'],
  ['xml', 'application/xml'],
  ['rtf', 'application/rtf'],
  ['txt', 'text/plain'],
  ['text', 'text/plain'],
  ['plain', 'text/plain'],
  ['dicom', 'application/dicom'],
  ['doc', 'application/msword'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
])

const token = /^[a-z0-9][a-z0-9.+-]*$/

/**
 * Media type of embedded or referenced data; null if unknown.
 *
 * @param type  ED-2 or RP-3, e.g. `AP`, `application`, or a full media type
 * @param subtype  ED-3 or RP-4, e.g. `PDF`
 * @see HL7 tables 0191, 0834 and 0291; RFC 2046
 */
export const mediaTypeOf = (type: string | null, subtype: string | null): string | null => {
  const sub = subtype?.trim().toLowerCase() ?? ''
  const main = type?.trim().toLowerCase() ?? ''
  for (const whole of [sub, main]) if (/^[a-z]+\/[a-z0-9.+-]+$/.test(whole)) return whole
  const known = subtypes.get(sub) ?? (sub === '' ? subtypes.get(main) : undefined)
  if (known !== undefined) return known
  const expanded = mainTypes.get(main) ?? main
  return /^(application|audio|image|text|video|multipart)$/.test(expanded) && token.test(sub)
    ? `${expanded}/${sub}`
    : null
}

/** Whether a main type, as a word or by table 0191, is that of the media type: it says no more. */
export const isTypeOf = (type: string | null, mediaType: string | null): boolean => {
  const main = type?.trim().toLowerCase() ?? ''
  return main === mediaType || mediaType?.startsWith(`${mainTypes.get(main) ?? main}/`) === true
}
