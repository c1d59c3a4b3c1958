import {
  defineCommand,
  finish,
  runCommand,
  UsageError,
  wholeNumber,
} from './operate/command-line.ts'
import { readFileOrRefuse, type MllpTarget } from './operate/send/mllp-session.ts'
import { sendFiles } from './operate/send/send-files.ts'
import { readAddresses, requireAddresses } from './stack/addresses.ts'

type Options = {
  host?: string | undefined
  port?: number | undefined
  tls?: true | undefined
  ca?: string | undefined
  cert?: string | undefined
  key?: string | undefined
}

const tlsOf = ({ tls, ca, cert, key }: Options): MllpTarget['tls'] => {
  if (tls !== true && ca === undefined && cert === undefined) return null
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError('--cert and --key are given together')
  return {
    ...(ca === undefined ? {} : { ca: readFileOrRefuse(ca) }),
    ...(cert === undefined ? {} : { cert: readFileOrRefuse(cert) }),
    ...(key === undefined ? {} : { key: readFileOrRefuse(key) }),
  }
}

const targetOf = (options: Options): MllpTarget => {
  const tls = tlsOf(options)
  if (options.port !== undefined)
    return { host: options.host ?? '127.0.0.1', port: options.port, tls }
  const { mllpSandbox } = requireAddresses(readAddresses(process.env), 'mllpSandbox')
  const colon = mllpSandbox.lastIndexOf(':')
  return {
    host: options.host ?? mllpSandbox.slice(0, colon),
    port: Number(mllpSandbox.slice(colon + 1)),
    tls,
  }
}

await runCommand(
  defineCommand({
    name: 'npm run send --',
    purpose:
      'Sends every HL7 v2 message of the files over MLLP, one at a time, and shows each answer: MSA-1, the location, code and text of each ERR, and MSA-3.',
    examples: [
      'npm run send -- adt.hl7',
      'npm run send -- --host hl7.example --port 2575 --tls --ca ca.pem adt.hl7',
    ],
  })
    .argument('<file...>', 'files of one or more messages, with or without MLLP frames or a batch')
    .option(
      '--port <number>',
      'port (default: the sandbox of the running stack)',
      wholeNumber(1, 65_535),
    )
    .option('--host <name>', 'host (default: 127.0.0.1)')
    .option('--repeat <number>', 'how often everything is sent', wholeNumber(1, 1_000_000), 1)
    .option('--timeout <seconds>', 'how long to wait for an answer', wholeNumber(1, 600), 10)
    .option('--tls', 'use TLS')
    .option('--ca <file>', 'certificates to trust; implies --tls')
    .option('--cert <file>', 'client certificate; implies --tls')
    .option('--key <file>', 'key of the client certificate')
    .action(async (files, options) =>
      finish(await sendFiles(files, targetOf(options), options.repeat, options.timeout * 1000)),
    ),
)
