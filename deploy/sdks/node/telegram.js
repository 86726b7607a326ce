'use strict';
const { Bot } = require('grammy');

module.exports = {
  send: async ({ url, key, chat, text, options }) =>
    new Bot(key, url && { client: { apiRoot: url } }).api.sendMessage(chat, text, options),
};
