'use strict';
const { ServerClient } = require('postmark');

function client({ url, key }) {
  const { host, pathname } = url ? new URL(url) : {};
  const path = pathname?.replace(/\/$/, '') ?? '';
  return new ServerClient(key, url && { requestHost: host + path, useHttps: false });
}

module.exports = {
  send: async (args) => client(args).sendEmail(args.message),
  batch: async (args) => client(args).sendEmailBatch(args.messages),
};
