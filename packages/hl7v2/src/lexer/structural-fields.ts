const withSetId =
  'PID PV1 OBR OBX NTE SPM NK1 AL1 DG1 IN1 PR1 IAM GT1 TXA TQ1 RGS AIS AIG AIL AIP BPO BPX BTX'.split(
    ' ',
  )

/**
 * Number of leading fields that are structural, such as set ids and the message that is answered
 * (MSA-2): never listed as unused. MSH is entirely structural.
 */
const structural = new Map([
  ['MSH', 1_000],
  ['EVN', 1],
  ['RXA', 2],
  ['MSA', 2],
  ...withSetId.map((name) => [name, 1] as const),
])

export const structuralFields = (name: string): number => structural.get(name) ?? 0
