import { specify } from './stage/specify.ts'
import { ideOnEcs } from './tables/ide-on-ecs.ts'

specify(ideOnEcs)
