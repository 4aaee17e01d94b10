import { specify } from './stage/specify.ts'
import { webService } from './tables/web-service.ts'

specify(webService)
