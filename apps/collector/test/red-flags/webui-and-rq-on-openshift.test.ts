import { specify } from './stage/specify.ts'
import { webuiAndRqOnOpenshift } from './tables/webui-and-rq-on-openshift.ts'

specify(webuiAndRqOnOpenshift)
