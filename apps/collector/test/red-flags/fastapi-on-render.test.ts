import { specify } from './stage/specify.ts'
import { fastapiOnRender } from './tables/fastapi-on-render.ts'

specify(fastapiOnRender)
