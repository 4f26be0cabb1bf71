package io.pgscim.ingest;

/** The two sources that differ in nothing but their tolerance. */
enum Party {
  LENIENT("default", "", RealSurroundings.TOKEN),
  STRICT("okta", "/okta", RealSurroundings.OKTA_TOKEN);

  private final String source;
  private final String path;
  private final String token;

  Party(String source, String path, String token) {
    this.source = source;
    this.path = path;
    this.token = token;
  }

  String base() {
    return Scim.base() + path;
  }

  String token() {
    return token;
  }

  Scim.Reply send(String method, String below, String body) {
    return Scim.as(token, method, path + below, body);
  }

  /** The token of a new client that stands for the user. */
  String standingFor(String user) {
    String clients = "/sources/" + source + "/clients";
    String name = Scim.name("standing");
    Scim.admin("POST", clients, "{'name': '" + name + "', 'me': '" + user + "'}");
    return Scim.admin("POST", clients + "/" + name + "/secrets", "{'kind': 'token'}")
        .text("/secret");
  }
}
