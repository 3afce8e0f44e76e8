// A nodemailer pool that builds, signs and sends so many letters to a sink; prints the seconds it took.
// node nodemailer.mjs --port P --messages N --connections C --key key.pem --letter letter.json
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import nodemailer from 'nodemailer';

const { values: given } = parseArgs({ options: { port: { type: 'string' }, messages: { type: 'string' }, connections: { type: 'string' }, key: { type: 'string' }, letter: { type: 'string' } } });
const letter = JSON.parse(readFileSync(given.letter, 'utf8'));
const messages = Number(given.messages);
const transport = nodemailer.createTransport({
  host: '127.0.0.1', port: Number(given.port), secure: false, ignoreTLS: true,
  pool: true, maxConnections: Number(given.connections), maxMessages: Infinity,
  dkim: { domainName: 'bakery.example', keySelector: 'plura', privateKey: readFileSync(given.key, 'utf8') },
});
const fill = (text, n) => text.replaceAll('{{ contact.first_name }}', `Person ${n}`);
let next = 0;
const send = async () => {
  for (let n = next++; n < messages; n = next++) {
    await transport.sendMail({
      from: { name: 'Corner Bakery', address: 'hello@bakery.example' },
      to: { name: `Person ${n}`, address: `p${n}@domain${n % 50}.example` },
      subject: fill(letter.subject, n), html: fill(letter.html, n), text: fill(letter.text, n),
      messageId: `<${n.toString(16)}.pool@bakery.example>`,
      list: { unsubscribe: { url: `https://bakery.example/u/${n.toString(16).padStart(32, '0')}` } },
      headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    });
  }
};
const start = performance.now();
// More than there are connections, so that each always has a letter waiting.
await Promise.all(Array.from({ length: Number(given.connections) * 4 }, send));
console.log((performance.now() - start) / 1000);
transport.close();
