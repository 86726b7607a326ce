// What a user of Node would build instead: Fastify checks a notification and its token and answers 202 when
// BullMQ has it in Redis; a worker takes it from there and delivers it over HTTP, three times at most.
//
//   node server.mjs api SOCKET TOKEN          the entrance; says on which port
//   node server.mjs worker SOCKET SINK        the deliverer
import { timingSafeEqual } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import Fastify from 'fastify';
import { Redis } from 'ioredis';
import { Pool } from 'undici';

const [role, socket, last] = process.argv.slice(2);
const NAME = 'notifications';
const CONCURRENCY = 256;
const connection = () => new Redis({ path: socket, maxRetriesPerRequest: null });

const notification = {
  type: 'object',
  required: ['notification_type', 'channel', 'message'],
  additionalProperties: false,
  properties: {
    notification_type: { type: 'string', minLength: 1, maxLength: 100 },
    channel: { enum: ['email', 'sms', 'whatsapp', 'telegram'] },
    recipient_email: { type: 'string', maxLength: 254 },
    recipient_phone: { type: 'string', maxLength: 20 },
    recipient_telegram_id: { type: 'integer' },
    title: { type: 'string', maxLength: 500 },
    message: { type: 'string', minLength: 1, maxLength: 10000 },
    priority: { type: 'integer', minimum: 1, maximum: 4 },
    tags: { type: 'array', maxItems: 20, items: { type: 'string', maxLength: 100 } },
  },
};

async function api() {
  const queue = new Queue(NAME, {
    connection: connection(),
    defaultJobOptions: { attempts: 3, backoff: { type: 'exponential', delay: 1000 }, removeOnComplete: true, removeOnFail: 1000 },
  });
  const token = Buffer.from(`Bearer ${last}`);
  const server = Fastify();
  server.addHook('onRequest', async (request, reply) => {
    const shown = Buffer.from(request.headers.authorization ?? '');
    if (shown.length !== token.length || !timingSafeEqual(shown, token)) {
      return reply.code(401).send({ title: 'Unauthorized' });
    }
  });
  server.post('/api/v1/notifications/send', { schema: { body: notification } }, async (request, reply) => {
    const job = await queue.add('send', request.body);
    return reply.code(202).send({ id: job.id, status: 'queued', duplicate: false });
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  console.log(`Peer ready on ${url}`);
}

async function worker() {
  const sink = new Pool(last, { connections: CONCURRENCY });
  const deliverer = new Worker(
    NAME,
    async ({ data }) => {
      const { statusCode, body } = await sink.request({
        method: 'POST',
        path: '/bot1:bench/sendMessage',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ chat_id: data.recipient_telegram_id, text: `${data.title}\n\n${data.message}` }),
      });
      const answer = await body.json();
      if (statusCode !== 200) {
        throw new Error(`the provider answered ${statusCode}`);
      }
      return answer.result.message_id;
    },
    { connection: connection(), concurrency: CONCURRENCY },
  );
  deliverer.on('error', (error) => console.error(error));
  await deliverer.waitUntilReady();
  console.log(`Worker ready on ${last}`);
}

await (role === 'api' ? api() : worker());
