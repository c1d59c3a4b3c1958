/** The part of the library used here; it has no types of its own. */
declare module '@lhncbc/ucum-lhc' {
  export const UcumLhcUtils: {
    getInstance(): {
      validateUnitString(text: string): { status: 'valid' | 'invalid' | 'error'; ucumCode: string }
    }
  }
}
