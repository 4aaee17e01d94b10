/** Every documented system, by the name of its file. A new one is a file and a line here. */
export const PRESET_IDS = [
  'web-service',
  'workshop-on-render',
  'webui-and-rq-on-openshift',
  'gunicorn-on-ec2',
  'ide-on-ecs',
  'fastapi-on-render',
] as const
