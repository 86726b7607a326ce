'use strict';
const Mailgun = require('mailgun.js').default ?? require('mailgun.js');

const client = ({ url, key }) =>
  new Mailgun(FormData).client({ username: 'api', key, ...(url && { url }) });

module.exports = {
  send: async (args) => client(args).messages.create(args.domain, args.message),
};
