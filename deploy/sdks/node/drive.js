'use strict';
// Calls SDKs as it is told, one line of JSON for each call.
const readline = require('readline');

const sdks = {};
const sdk = (name) => (sdks[name] ??= require(`./${name}.js`));

// What an application would see of an error.
const seen = (error) => ({
  name: error?.name,
  message: error?.message,
  status: error?.status ?? error?.statusCode ?? error?.response?.status,
  code: error?.code ?? error?.error_code,
  body: error?.response?.body ?? error?.body,
  details: error?.details ?? error?.description ?? error?.moreInfo,
});

async function answer(line) {
  try {
    const { do: call, with: args } = JSON.parse(line);
    const [name, method] = call.split('.');
    return { value: (await sdk(name)[method](args)) ?? null };
  } catch (error) {
    return { error: seen(error) };
  }
}

// What libraries print must not look like an answer.
const print = console.log;
console.log = console.info = console.error;

let last = Promise.resolve();
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  last = last.then(() => answer(line)).then((result) => print(JSON.stringify(result)));
});
