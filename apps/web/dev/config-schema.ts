/** What the page reads of the configuration's JSON Schema: the presets there are, and the kinds of source. */
export const CONFIG_SCHEMA = {
  type: 'object',
  properties: {
    systems: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          preset: {
            anyOf: [
              {
                type: 'string',
                enum: [
                  'web-service',
                  'workshop-on-render',
                  'webui-and-rq-on-openshift',
                  'gunicorn-on-ec2',
                  'ide-on-ecs',
                  'fastapi-on-render',
                ],
              },
              { type: 'array', items: { type: 'string' } },
            ],
          },
          sources: {
            type: 'array',
            items: {
              oneOf: ['http-json', 'host', 'prometheus', 'redis', 'postgres'].map((type) => ({
                type: 'object',
                properties: { type: { const: type } },
              })),
            },
          },
        },
      },
    },
  },
}
