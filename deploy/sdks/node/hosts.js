'use strict';
// Stands in for entries of /etc/hosts: all names of TEST_HOSTS are at TEST_ADDRESS.
const dns = require('dns');

const names = new Set((process.env.TEST_HOSTS ?? '').split(','));
const address = process.env.TEST_ADDRESS;
const lookup = dns.lookup;
dns.lookup = (host, options, callback) => {
  const done = callback ?? options;
  if (!names.has(host)) {
    return lookup(host, options, callback);
  }
  const all = typeof options === 'object' && options.all;
  return process.nextTick(() =>
    all ? done(null, [{ address, family: 4 }]) : done(null, address, 4));
};
