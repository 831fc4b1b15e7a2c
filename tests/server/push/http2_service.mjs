// A push service over TLS that speaks HTTP/2, or HTTP/1.1 where asked to, and behaves as real ones do at their worst.
// Called: node http2_service.mjs key.pem cert.pem mode. Prints its port, and at its end (SIGTERM) what it took, as JSON.
import { readFileSync } from "node:fs";
import { constants, createSecureServer } from "node:http2";
import { createServer } from "node:https";
import { setTimeout } from "node:timers";

const [keyFile, certFile, mode] = process.argv.slice(2);
// In some modes a session ends with this stream.
const LAST = 40;
const taken = {};
const counts = { sessions: 0, most: 0, versions: [] };
const refused = new Set();
const pair = { key: readFileSync(keyFile), cert: readFileSync(certFile) };
const settings = { maxConcurrentStreams: mode === "few-streams" ? 3 : 100 };
const server = mode === "http1" ? createServer(pair) : createSecureServer({ ...pair, settings });

const take = (path, version) => {
  taken[path] = (taken[path] ?? 0) + 1;
  if (!counts.versions.includes(version)) counts.versions.push(version);
};

// A session hides its socket; the raw connection under it is what breaks.
const connections = [];
server.on("connection", (connection) => connections.push(connection));

server.on("session", (session) => {
  counts.sessions += 1;
  let streams = 0;
  let open = 0;
  let answered = 0;
  session.on("error", () => {});
  session.on("stream", (stream, headers) => {
    const path = headers[":path"];
    streams += 1;
    open += 1;
    counts.most = Math.max(counts.most, open);
    stream.on("error", () => {});
    const number = streams;
    stream.on("close", () => {
      open -= 1;
      if (number <= LAST) answered += 1;
      // Only when the answers to all that it has taken had time to arrive: what it breaks off was never looked at.
      if (mode === "goes-away" && answered === LAST) setTimeout(() => session.destroy(), 500);
    });
    stream.resume();
    if (mode === "refuses-streams" && streams % 3 === 0 && !refused.has(path)) {
      refused.add(path);
      stream.close(constants.NGHTTP2_REFUSED_STREAM);
      return;
    }
    // GOAWAY: what came until now is answered, what comes after was never looked at.
    if (mode === "goes-away" && streams > LAST) return;
    take(path, "2.0");
    setTimeout(() => {
      if (stream.destroyed) return;
      stream.respond({ ":status": 201 }, { endStream: true });
    }, 5);
    if (mode === "goes-away" && streams === LAST) {
      session.goaway(constants.NGHTTP2_NO_ERROR, stream.id);
    }
    if (mode === "breaks-off" && streams === LAST) setTimeout(() => connections.at(-1).destroy(), 2);
  });
});
server.on("request", (request, response) => {
  if (mode !== "http1") return;
  request.resume();
  request.on("end", () => {
    take(request.url, request.httpVersion);
    response.writeHead(201, { "content-length": "0" }).end();
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.on("SIGTERM", () => {
  console.log(JSON.stringify({ ...counts, taken }));
  process.exit(0);
});
