// A push service that takes everything: TLS, HTTP/2 or HTTP/1.1 by ALPN. In a process of its own, so that what it costs
// is in nobody's figure. Prints its port.
//
//   node bench/push_peers/sink.mjs KEY CERTIFICATE
import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";

const [key, cert] = process.argv.slice(2).map((file) => readFileSync(file));
const server = createSecureServer({ key, cert, allowHTTP1: true, settings: { maxConcurrentStreams: 100 } });

server.on("stream", (stream) => {
  stream.resume();
  stream.respond({ ":status": 201, location: "/m/1" }, { endStream: true });
});
server.on("request", (request, response) => {
  if (request.httpVersionMajor !== 1) return;
  request.resume();
  request.on("end", () => response.writeHead(201, { location: "/m/1", "content-length": "0" }).end());
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
