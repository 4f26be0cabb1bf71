package io.pgscim.bench;

import java.nio.charset.StandardCharsets;

/** Requests to a running scim-ingest as bytes on the wire. */
record HttpRequests(int port, String token) {

  byte[] get(String path) {
    return head("GET", path, "").getBytes(StandardCharsets.UTF_8);
  }

  byte[] send(String method, String path, String body) {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8));
  }

  byte[] send(String method, String path, byte[] body) {
    byte[] head =
        head(
                method,
                path,
                "Content-Type: application/scim+json\r\nContent-Length: " + body.length + "\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  private String head(String method, String path, String more) {
    return method
        + " /scim/v2"
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1:"
        + port
        + "\r\nAuthorization: Bearer "
        + token
        + "\r\nAccept: application/scim+json\r\n"
        + more
        + "\r\n";
  }
}
