// A mailbox through imapflow: one verb, JSON out.
const { readFileSync } = require("node:fs");
const { ImapFlow } = require("imapflow");

const { HOST, PORT, ADDRESS, PASSWORD } = process.env;
const [verb, folder, ...words] = process.argv.slice(2);
const client = new ImapFlow({
  host: HOST, port: Number(PORT), secure: true, auth: { user: ADDRESS, pass: PASSWORD }, logger: false, connectionTimeout: 20000,
});

const opened = async (work) => {
  const lock = await client.getMailboxLock(folder);
  try { return await work(); } finally { lock.release(); }
};
const sure = (answer) => { if (answer === false) throw new Error(`${verb} was refused`); return true; };
const uid = { uid: true };

const verbs = {
  folders: async () => (await client.list()).map((box) => box.path),
  create: async () => sure((await client.mailboxCreate(folder)).created),
  rename: async () => sure((await client.mailboxRename(folder, words[0])).newPath === words[0]),
  remove: async () => sure(Boolean((await client.mailboxDelete(folder)).path)),
  read: () => opened(async () => {
    const found = [];
    for await (const message of client.fetch("1:*", { flags: true, source: true })) {
      found.push([message.source.toString("base64"), [...message.flags]]);
    }
    return found;
  }),
  file: async () => sure(await client.append(folder, readFileSync(0), words[0].split(" ").filter(Boolean))) && true,
  find: () => opened(() => client.search({ subject: words[0] }, uid)),
  mark: () => opened(async () => sure(await client.messageFlagsAdd(words[0], [words[1]], uid))),
  move: () => opened(async () => sure(await client.messageMove(words[0], words[1], uid)) && true),
  delete: () => opened(async () => sure(await client.messageDelete(words[0], uid))),
  idle: () => opened(() => new Promise((resolve) => {
    client.on("exists", ({ count }) => resolve(count));
    client.idle();
    console.log("waiting");
  })),
};

(async () => {
  await client.connect();
  const answer = await verbs[verb]();
  await client.logout();
  console.log(JSON.stringify(answer));
})();
