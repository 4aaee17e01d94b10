import { specify } from './stage/specify.ts'
import { gunicornOnEc2 } from './tables/gunicorn-on-ec2.ts'

specify(gunicornOnEc2)
