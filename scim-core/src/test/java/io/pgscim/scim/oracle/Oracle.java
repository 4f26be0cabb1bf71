package io.pgscim.scim.oracle;

/** Who is asked. */
enum Oracle {
  UNBOUNDID("UnboundID SCIM 2 SDK 5.1.0"),
  SCIM_SDK("SCIM-SDK 1.30.0");

  final String title;

  Oracle(String title) {
    this.title = title;
  }
}
