import { z } from 'zod'

/** What Kubernetes takes as a name; anything else would change the path that is asked. */
const Name = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
    'must be a name as Kubernetes has them: lower case letters, digits, dashes and dots',
  )

export const KubernetesOptions = z.strictObject({
  namespace: Name.optional().describe('Whose workloads are watched; without it, that of the pod or of the context.'),
  deployments: z
    .array(Name)
    .max(200)
    .default([])
    .describe(
      'Those that are watched, by name; without it all of the namespace. StatefulSets, DaemonSets and DeploymentConfigs count as well.',
    ),
  workers: z
    .array(Name)
    .max(50)
    .default([])
    .describe('Those whose pods are workers: their ready replicas count as workers, not as replicas.'),
  kubeconfig: z
    .string()
    .min(1)
    .optional()
    .describe('A kubeconfig file; without it the service account of the pod, else $KUBECONFIG or ~/.kube/config.'),
  context: z.string().min(1).optional().describe('The context of the kubeconfig; without it its current one.'),
  metrics: z
    .boolean()
    .default(true)
    .describe('false where the cluster has no metrics-server: CPU and memory are not asked for.'),
  insecure: z.boolean().default(false).describe('true accepts a certificate that cannot be checked. Never silent.'),
})
export type KubernetesOptions = z.infer<typeof KubernetesOptions>
