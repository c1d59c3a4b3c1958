import { exitOnBadConfig } from '@tideway/runtime/config'
import { createLog } from '@tideway/runtime/log'
import { closeOnSignal } from '@tideway/runtime/shutdown'
import { type Config, loadConfig } from './config.ts'
import { openProvider } from './provider.ts'
import { listen } from './server.ts'
import { clientKeys, signingKeys } from './signing-keys.ts'

const start = async (config: Config): Promise<void> => {
  const log = createLog('issuer', config.logLevel)
  const server = await listen(
    openProvider(
      config.issuer,
      await signingKeys(config.keysDir),
      await clientKeys(config.keysDir),
      config.clientSecret,
    ),
    config,
  )
  log.info({ port: server.port, issuer: config.issuer }, 'listening')
  closeOnSignal(log, [server.close], 5_000)
}

try {
  await start(loadConfig(process.env))
} catch (error) {
  exitOnBadConfig(error)
}
