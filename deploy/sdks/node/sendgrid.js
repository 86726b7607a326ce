'use strict';
const { MailService } = require('@sendgrid/mail');
const { Client } = require('@sendgrid/client');
const { EventWebhook } = require('@sendgrid/eventwebhook');

function mail({ url, key }) {
  const service = new MailService();
  service.setClient(new Client());
  service.setApiKey(key);
  if (url) {
    service.client.setDefaultRequest('baseUrl', url);
  }
  return service;
}

const told = ([response]) => ({ status: response.statusCode, id: response.headers['x-message-id'] });

module.exports = {
  send: async (args) => told(await mail(args).send(args.message)),
  batch: async (args) => (await mail(args).send(args.messages)).map(told),
  verify: async ({ body, headers, secret }) => {
    const events = new EventWebhook();
    return events.verifySignature(
      events.convertPublicKeyToECDSA(secret),
      body,
      headers['x-twilio-email-event-webhook-signature'],
      headers['x-twilio-email-event-webhook-timestamp'],
    );
  },
};
