package io.pgscim.bench;

import java.util.concurrent.ThreadLocalRandom;

/** A user as identity providers push them, with about 700 bytes of JSON. */
final class Person {
  private Person() {}

  /** Nineteen digits, so that all documents have one size. */
  static long number() {
    return ThreadLocalRandom.current().nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE);
  }

  static String json(long number) {
    return """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",\
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],\
        "userName":"p%1$d@example.com","externalId":"x%1$d","active":true,\
        "displayName":"Ada Lovelace","name":{"givenName":"Ada","familyName":"Lovelace"},\
        "emails":[{"value":"p%1$d@example.com","type":"work","primary":true}],\
        "userType":"Employee","title":"Engineer","preferredLanguage":"en-GB",\
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":\
        {"employeeNumber":"4711","department":"Engines","costCenter":"1842","organization":"Analytical"}}"""
        .formatted(number);
  }
}
