import { endHome } from './stack/processes/end-home.ts'
import { homeOf } from './stack/home.ts'
import { sayer } from './stack/processes/say.ts'

const home = homeOf(process.env)
const say = sayer()
say(
  (await endHome(home, say))
    ? 'Tideway is stopped; its data is kept'
    : `nothing of ${home.root} was running`,
)
