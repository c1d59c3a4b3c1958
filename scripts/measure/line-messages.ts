/** Two messages about a fictitious child, as King's would send them. */
export const nhsNumber = '9990000026'
export const birthDate = '2019-04-02'
export const hospitalNumber = 'K7700001'

const message = (...segments: string[]) => Buffer.from(`${segments.join('\r')}\r`, 'latin1')
const header = (type: string, controlId: string) =>
  `MSH|^~\\&|PAS|RJZ|TIDEWAY|TIDEWAY|20261122101500||${type}|${controlId}|P|2.4`
const patient = `PID|1||${hospitalNumber}^^^RJZ^MR~${nhsNumber}^^^NHS^NH||TESTCASE^ISLA^^^MISS||20190402|F`
const visit =
  'PV1|1|I|PICU^B3^7^RJZ||||||||||||||||V-E2E-1^^^RJZ|||||||||||||||||||||||||20261122100000'

export const admission = message(
  header('ADT^A01', 'E2E-A01'),
  'EVN|A01|20261122101500',
  patient,
  visit,
)

export const potassium = message(
  header('ORU^R01', 'E2E-R01'),
  patient,
  visit,
  'OBR|1|P-1^RJZ|F-E2E-1^RJZ|U&E^Urea and electrolytes^L|||20261122100500||||||||||||||||||F',
  'OBX|1|NM|K^Potassium^L||6.8|mmol/L|3.5-5.3|HH|||F|||20261122100500',
)
