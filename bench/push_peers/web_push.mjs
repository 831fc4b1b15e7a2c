// The npm package web-push as its manual has it: default agent, fifty at once. Prints microseconds of CPU a message.
//
//   NODE_EXTRA_CA_CERTS=CERTIFICATE node bench/push_peers/web_push.mjs JOB
import { readFileSync } from "node:fs";
import webpush from "web-push";

const AT_ONCE = 50;
const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const payload = Buffer.alloc(job.payloadBytes, 1);
const options = {
  TTL: job.ttl,
  urgency: "high",
  vapidDetails: { subject: job.subject, publicKey: job.publicKey, privateKey: job.privateNumber },
};

const send = async (subscriptions) => {
  const next = subscriptions[Symbol.iterator]();
  const worker = async () => {
    for (const { endpoint, p256dh, auth } of next) {
      const { statusCode } = await webpush.sendNotification({ endpoint, keys: { p256dh, auth } }, payload, options);
      if (statusCode !== 201) throw new Error(`answered ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

await send(job.subscriptions.slice(0, job.warmUp));
const before = process.cpuUsage();
await send(job.subscriptions);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / job.subscriptions.length);
