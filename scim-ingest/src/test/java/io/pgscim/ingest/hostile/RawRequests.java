package io.pgscim.ingest.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is no HTTP, or nearly; and what two readers of one connection may read differently. */
final class RawRequests {
  private static final String SMUGGLED = "{\"userName\":\"smuggled\"}";

  private final String authorization;
  private final List<Raw> all = new ArrayList<>();

  /** What an answer must be: none at all or one of these; the connection may end in any case. */
  enum Expected {
    /** 4xx or nothing. */
    REFUSED,
    /** A SCIM error. */
    SCIM_ERROR,
    /** Odd, but HTTP allows it, or says that it is to be ignored. */
    SERVED
  }

  /** One request. */
  record Raw(String what, byte[] bytes, Expected expected) {}

  private RawRequests(String token) {
    this.authorization = "Authorization: Bearer " + token + "\r\n";
  }

  static List<Raw> with(String token) {
    RawRequests requests = new RawRequests(token);
    requests.framing();
    requests.chunks();
    requests.startLines();
    requests.headers();
    requests.hosts();
    requests.upgrades();
    return requests.all;
  }

  /** RFC 9112 §6.3, §11.2: requests hidden in others. */
  private void framing() {
    String hidden = post("Content-Length: 23\r\n", SMUGGLED);
    refused(
        "CL.TE", post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden));
    refused(
        "TE.CL",
        post("Transfer-Encoding: chunked\r\nContent-Length: 300\r\n", "0\r\n\r\n" + hidden));
    refused("two lengths", post("Content-Length: 2\r\nContent-Length: 25\r\n", "{}" + hidden));
    refused("a list of lengths", post("Content-Length: 2, 25\r\n", "{}" + hidden));
    for (String length : List.of("+2", "-2", "0x2", "2.0", "2 3", "99999999999999999999", "")) {
      refused("Content-Length: " + length, post("Content-Length: " + length + "\r\n", "{}"));
    }
    scimError("a length without end", post("Content-Length: 9223372036854775807\r\n", "{}"));
    for (String coding :
        List.of("xchunked", "chunked, identity", "\u000bchunked", "gzip, chunked", "chunked;q=1")) {
      refused(
          "Transfer-Encoding: " + coding,
          post("Transfer-Encoding: " + coding + "\r\n", "0\r\n\r\n" + hidden));
    }
    refused(
        "space before the colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n" + hidden));
    refused("folded Transfer-Encoding", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"));
    refused("folded header", post("X: a\r\n b\r\nContent-Length: 2\r\n", "{}"));
    refused("bare LF", get("/Users?count=0", "").replace("\r\n", "\n"));
    refused("bare CR", get("/Users?count=0", "").replace("\r\n", "\r") + "\r\n\r\n");
    served("a GET with a body", get("/Users?count=0", "Content-Length: 5\r\n") + "hello");
  }

  private void chunks() {
    for (String chunk :
        List.of(
            "-1\r\n\r\n",
            "ffffffffffffffff\r\nx\r\n",
            "zz\r\nx\r\n",
            "0x2\r\n{}\r\n",
            "2\r\n{}xx",
            "2;" + "a".repeat(100_000) + "\r\n{}\r\n",
            "2\n{}\n",
            " \r\n\r\n")) {
      refused(
          "chunk " + chunk.substring(0, Math.min(20, chunk.length())).strip(),
          post("Transfer-Encoding: chunked\r\n", chunk + "0\r\n\r\n"));
    }
    refused(
        "a giant trailer",
        post(
            "Transfer-Encoding: chunked\r\n",
            "2\r\n{}\r\n0\r\nX: " + "a".repeat(100_000) + "\r\n\r\n"));
    scimError(
        "credentials and lengths in a trailer",
        post(
            "Transfer-Encoding: chunked\r\n",
            "2\r\n{}\r\n0\r\nContent-Length: 50\r\nAuthorization: x\r\n\r\n"));
  }

  private void startLines() {
    refused("a request line of 20 KB", get("/Users?filter=" + "a".repeat(20_000), ""));
    refused("a request line of 1 MB", get("/Users?filter=" + "a".repeat(1_000_000), ""));
    scimError("a filter of 15 KB", get("/Users?filter=" + "a".repeat(15_000), ""));
    for (String path :
        List.of("/Users/%", "/Users/%zz", "/Users/%2", "/Users?filter=%zz", "/Users/\u0000")) {
      refused("path " + path, get(path, ""));
    }
    for (String path :
        List.of(
            "/Users?filter=%FF%FE",
            "/Users?filter=userName%20eq%20%22%00%22",
            "/Users/%C0%AF",
            "/Users/%00",
            "/Users#x",
            "/Users/a%0d%0aSet-Cookie:%20x=1",
            "/Users/..;/Users")) {
      scimError("path " + path, get(path, ""));
    }
    scimError("matrix parameters", line("GET /scim/v2;x=1/Users HTTP/1.1"));
    refused("backslashes", line("GET /scim/v2\\Users HTTP/1.1"));
    refused("a space in the target", line("GET /scim/v2/Users?filter=a b HTTP/1.1"));
    refused("no target", line("GET  HTTP/1.1"));
    refused("HTTP/0.9", "GET /scim/v2/Users\r\n");
    for (String version : List.of("HTTP/2.0", "HTTP/1.2", "HTTP/9.9", "FOO/1.1", "HTTP/1.1x")) {
      refused("version " + version, line("GET /scim/v2/Users?count=0 " + version));
    }
    for (String method :
        List.of("TRACE", "CONNECT", "FOO", "OPTIONS", "get", "PROPFIND", "A".repeat(9_000))) {
      refused("method " + method.substring(0, 3), line(method + " /scim/v2/Users HTTP/1.1"));
    }
    refused("CONNECT to elsewhere", line("CONNECT evil.example:443 HTTP/1.1"));
    refused("OPTIONS *", line("OPTIONS * HTTP/1.1"));
    byte[] garbage = new byte[4_000];
    new Random(7).nextBytes(garbage);
    all.add(new Raw("garbage", garbage, Expected.REFUSED));
    refused("HTTP/2 by prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  }

  private void headers() {
    refused("a header of 100 KB", get("/Users", "X: " + "a".repeat(100_000) + "\r\n"));
    refused("20,000 headers", get("/Users", "X: a\r\n".repeat(20_000)));
    refused("NUL in a header", get("/Users", "X: a\u0000b\r\n"));
    refused("NUL in a header's name", get("/Users", "X\u0000: b\r\n"));
    refused("a header without a colon", get("/Users", "just words\r\n"));
    scimError("the same credential twice", get("/Users", authorization));
    scimError("two credentials", get("/Users", "Authorization: Bearer another\r\n"));
    scimError("two kinds of credentials", get("/Users", "Authorization: Basic YTpi\r\n"));
    refused(
        "two credentials of an administrator",
        line("GET /admin/sources/default/clients HTTP/1.1\r\nAuthorization: Bearer another"));
    scimError(
        "another method by header",
        get(
            "/Users/00000000-0000-0000-0000-000000000000",
            "X-HTTP-Method-Override: DELETE\r\n"
                + "X-HTTP-Method: DELETE\r\n"
                + "X-Method-Override: DELETE\r\n"));
    scimError(
        "a giant body that asks first",
        post("Expect: 100-continue\r\nContent-Length: 99999999\r\n", ""));
    scimError("an unknown expectation", post("Expect: a-miracle\r\nContent-Length: 2\r\n", "{}"));
  }

  /** RFC 9112 §3.2. */
  private void hosts() {
    for (String host :
        List.of(
            "",
            "Host:\r\n",
            "Host: a\r\nHost: b\r\n",
            "Host: a b\r\n",
            "Host: a/b?c\r\n",
            "Host: user:password@a\r\n",
            "Host: a:99999\r\n",
            "Host: a\"><script>\r\n")) {
      scimError(
          "[" + host.strip() + "]",
          "GET /scim/v2/ServiceProviderConfig HTTP/1.1\r\n" + host + authorization + "\r\n");
    }
    refused(
        "HTTP/1.0 without a Host",
        "GET /scim/v2/ServiceProviderConfig HTTP/1.0\r\n" + authorization + "\r\n");
  }

  private void upgrades() {
    served(
        "a WebSocket",
        get(
            "/Users?count=0",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
    served(
        "HTTP/2 in clear text",
        get(
            "/Users?count=0",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"));
    served("five at once", get("/Users?count=0", "").repeat(5));
  }

  private String get(String path, String headers) {
    return "GET /scim/v2" + path + " HTTP/1.1\r\nHost: x\r\n" + authorization + headers + "\r\n";
  }

  private String post(String headers, String body) {
    return "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\n" + authorization + headers + "\r\n" + body;
  }

  private String line(String startLine) {
    return startLine + "\r\nHost: x\r\n" + authorization + "\r\n";
  }

  private void refused(String what, String request) {
    add(what, request, Expected.REFUSED);
  }

  private void scimError(String what, String request) {
    add(what, request, Expected.SCIM_ERROR);
  }

  private void served(String what, String request) {
    add(what, request, Expected.SERVED);
  }

  private void add(String what, String request, Expected expected) {
    all.add(new Raw(what, request.getBytes(StandardCharsets.ISO_8859_1), expected));
  }
}
