'use strict';
const twilio = require('twilio');

function client({ url, key, account, edge, region }) {
  const made = twilio(account, key, { edge, region });
  if (url) {
    made.api.baseUrl = url;
  }
  return made;
}

const plain = ({ sid, status, to, from, body, errorCode }) =>
  ({ sid, status, to, from, body, errorCode });

module.exports = {
  send: async (args) => plain(await client(args).messages.create(args.message)),
  get: async (args) => plain(await client(args).messages(args.id).fetch()),
  list: async (args) => (await client(args).messages.list(args.filter)).map(plain),
  verify: async ({ url, params, headers, secret }) =>
    twilio.validateRequest(secret, headers['x-twilio-signature'], url, params),
};
