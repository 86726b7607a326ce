'use strict';
const { Resend } = require('resend');

const client = ({ url, key }) => new Resend(key, url && { baseUrl: url });
// Its own way to tell of an error is a value.
const plain = ({ data, error }) => ({ data, error });

module.exports = {
  send: async (args) => plain(await client(args).emails.send(args.message, args.options)),
  batch: async (args) => plain(await client(args).batch.send(args.messages)),
  get: async (args) => plain(await client(args).emails.get(args.id)),
  verify: async ({ body, headers, secret }) =>
    new Resend('re_none').webhooks.verify({
      payload: body,
      headers: {
        id: headers['svix-id'],
        timestamp: headers['svix-timestamp'],
        signature: headers['svix-signature'],
      },
      webhookSecret: secret,
    }),
};
