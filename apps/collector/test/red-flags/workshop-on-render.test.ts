import { specify } from './stage/specify.ts'
import { workshopOnRender } from './tables/workshop-on-render.ts'

specify(workshopOnRender)
