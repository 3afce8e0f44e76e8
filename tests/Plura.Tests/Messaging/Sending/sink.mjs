// A mail server of others, as a process of its own: takes everything, and says on standard output which Message-ID it has taken
// responsibility for, before it answers. A message that breaks off is not taken.
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData(stream, session, answer) {
        let head = '';
        stream.on('data', chunk => { if (head.length < 32768) head += chunk.toString('latin1'); });
        stream.on('end', () => {
            const id = /^message-id:\s*<([^>]+)>/im.exec(head)?.[1] ?? '';
            process.stdout.write(`${id}\n`, () => answer());
        });
    },
});
// The other end is killed in the middle: that is what these tests do.
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.server.address().port}\n`));
