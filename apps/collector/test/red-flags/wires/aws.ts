import type { AwsWorld } from '../../../src/sources/aws/testing/aws-world.ts'
import { FakeAws } from '../../../src/sources/aws/testing/fake-aws.ts'
import { said, type Moment, type Scene, type Wire } from '../stage/types.ts'

const MINUTE = 60_000
const BALANCER = { LoadBalancer: 'app/web/50dc6c495c0c9188' }
const SERVICE = { ClusterName: 'teaching', ServiceName: 'ide' }
const MACHINE = { InstanceId: 'i-0a1b2c3d' }

/** What CloudWatch and Auto Scaling know in a minute. */
type Known = { cpu?: number; memory?: number; p95?: number; machines?: number; failed?: number }
type Of = 'ecs' | 'balancer' | 'machine' | 'group'

const WATCHED: Readonly<Record<Of, Record<string, string>>> = {
  ecs: { cluster: 'teaching', service: 'ide' },
  balancer: { loadBalancer: BALANCER.LoadBalancer },
  machine: { instance: MACHINE.InstanceId },
  group: { autoScalingGroup: 'web' },
}

/** AWS over HTTP with signatures, whose CloudWatch has a value for each minute that is over. */
export function aws(of: Of, scene: Scene<Known>): Wire {
  return async ({ stack, system, secret, moment }) => {
    const secretAccessKey = `secret-of-${system}`
    const fake = stack.use(await FakeAws.start({ secretAccessKey }))
    const name = `SECRET_${system.toUpperCase().replaceAll('-', '_')}`
    secret(name, secretAccessKey)
    fake.world.clusters.set('teaching', { containerInsights: 'disabled' })
    const tell = (at: Moment): void => put(fake.world, of, said(scene, at), at.now)
    tell(moment())
    const { region, endpoint, accessKeyId } = fake.options
    const reached = { region, endpoint, accessKeyId, secretAccessKey: `\${${name}}` }
    return { source: { type: 'aws', every: '60s', ...WATCHED[of], ...reached }, speak: tell }
  }
}

function put(world: AwsWorld, of: Of, known: Known, now: number): void {
  const { cpu = 20, memory = 30, p95 = 0.4, machines = 1, failed } = known
  const minute = Math.floor(now / MINUTE) * MINUTE
  const at = (name: readonly [string, string, string], dimensions: Record<string, string>, value: number): void =>
    world.put(name, dimensions, minute, [value])
  switch (of) {
    case 'ecs':
      world.services.set('teaching/ide', {
        serviceName: 'ide',
        status: 'ACTIVE',
        desiredCount: 1,
        runningCount: 1,
        pendingCount: 0,
      })
      at(['AWS/ECS', 'CPUUtilization', 'Average'], SERVICE, cpu)
      at(['AWS/ECS', 'MemoryUtilization', 'Average'], SERVICE, memory)
      break
    case 'balancer':
      at(['AWS/ApplicationELB', 'RequestCount', 'Sum'], BALANCER, 100)
      at(['AWS/ApplicationELB', 'TargetResponseTime', 'p95'], BALANCER, p95)
      if (failed !== undefined) at(['AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'Sum'], BALANCER, failed)
      break
    case 'machine':
      at(['AWS/EC2', 'CPUUtilization', 'Average'], MACHINE, cpu)
      at(['CWAgent', 'mem_used_percent', 'Average'], MACHINE, memory)
      break
    case 'group': {
      const ids = Array.from({ length: machines }, (_, index) => `i-${index + 1}`)
      world.groups.set('web', { desired: machines, instances: ids.map((id) => ({ id, state: 'InService' })) })
    }
  }
}
