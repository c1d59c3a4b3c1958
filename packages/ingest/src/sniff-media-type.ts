const latin1 = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to)

/** First bytes of a file, and its media type. */
const beginnings: readonly (readonly [string, string])[] = [
  ['%PDF-', 'application/pdf'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['II*\0', 'image/tiff'],
  ['MM\0*', 'image/tiff'],
  ['{\\rtf', 'application/rtf'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/msword'],
]
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/**
 * Media type of a file by its first bytes; null if they tell nothing, as those of plain text.
 *
 * @see WHATWG MIME Sniffing; DICOM PS3.10 section 7.1
 */
export const sniffMediaType = (bytes: Buffer): string | null => {
  const head = latin1(bytes, 0, 16)
  const known = beginnings.find(([beginning]) => head.startsWith(beginning))
  if (known !== undefined) return known[1]
  if (head.startsWith('PK\x03\x04'))
    return latin1(bytes, 0, 4_096).includes('word/') ? docx : 'application/zip'
  if (latin1(bytes, 128, 132) === 'DICM') return 'application/dicom'
  const text = latin1(bytes, 0, 512)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
  if (/^<!doctype html|^<html/i.test(text)) return 'text/html'
  return /^<(?:\?xml\s|ClinicalDocument[\s>])/.test(text) ? 'application/xml' : null
}
