declare module 'talisman/metrics/jaro-winkler.js' {
  const jaroWinkler: (a: string, b: string) => number
  // biome-ignore lint/style/noDefaultExport: the library has one
  export default jaroWinkler
}
