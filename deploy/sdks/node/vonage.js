'use strict';
const { Vonage } = require('@vonage/server-sdk');
const { AlgorithmTypes, Auth } = require('@vonage/auth');
const { verifySignature } = require('@vonage/jwt');

const client = ({ url, key }) =>
  new Vonage(
    new Auth({ apiKey: 'abcd1234', apiSecret: key }),
    url && { restHost: url, apiHost: url },
  );

module.exports = {
  sms: async (args) => client(args).sms.send(args.message),
  message: async (args) => client(args).messages.send(args.message),
  verify: async ({ token, secret }) => verifySignature(token, secret),
  verifyReceipt: async ({ body, secret, algorithm }) => {
    const receipt = JSON.parse(body);
    return client({ key: secret })
      .sms.verifySignature(receipt.sig, receipt, secret, AlgorithmTypes[algorithm ?? 'md5hash']);
  },
};
