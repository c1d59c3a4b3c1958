import { expect, test } from 'vitest'
import { sniffMediaType } from './sniff-media-type.ts'

test.each([
  ['%PDF-1.4', 'application/pdf'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['MM\0*', 'image/tiff'],
  ['{\\rtf1}', 'application/rtf'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/msword'],
  [
    'PK\x03\x04 word/document.xml',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['PK\x03\x04', 'application/zip'],
  ['\xef\xbb\xbf <?xml version="1.0"?>', 'application/xml'],
  ['<ClinicalDocument xmlns="urn:hl7-org:v3">', 'application/xml'],
  ['<html>', 'text/html'],
  ['<5 mmol/L', null],
  ['Dear Dr Lim', null],
  ['', null],
])('%j is %s', (content, type) => {
  expect(sniffMediaType(Buffer.from(content, 'latin1'))).toBe(type)
})
