// Opens a push message as a browser would, by the reference library of the web push community, and checks who signed for it.
import { createECDH, createPublicKey, verify } from 'node:crypto';
import ece from 'http_ece';

let text = '';
for await (const part of process.stdin)
  text += part;
const { body, privateKey, secret, authorization } = JSON.parse(text);

const browser = createECDH('prime256v1');
browser.setPrivateKey(Buffer.from(privateKey, 'base64'));
const payload = ece.decrypt(Buffer.from(body, 'base64'), { version: 'aes128gcm', privateKey: browser, authSecret: Buffer.from(secret, 'base64') });

const [, token, key] = authorization.match(/^vapid t=([^,]+), ?k=(.+)$/);
const [head, claims, signature] = token.split('.');
const point = Buffer.from(key, 'base64url');
const signer = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } });
const signed = verify('sha256', Buffer.from(`${head}.${claims}`), { key: signer, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
const read = part => JSON.parse(Buffer.from(part, 'base64url').toString());
console.log(JSON.stringify({ payload: payload.toString(), signed, key, head: read(head), claims: read(claims) }));
