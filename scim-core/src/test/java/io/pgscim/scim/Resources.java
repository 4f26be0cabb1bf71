package io.pgscim.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.json.StrictJson;
import java.nio.charset.StandardCharsets;

/** Resources of the RFCs' examples, written with single quotes for readability. */
public final class Resources {
  public static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private Resources() {}

  public static ObjectNode json(String singleQuoted) {
    return StrictJson.object(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** After RFC 7643 §8.3. */
  public static ObjectNode barbara() {
    return json(
        """
        {
          'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User',
                      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
          'id': '2819c223-7f76-453a-919d-413861904646',
          'externalId': '701984',
          'userName': 'bjensen@Example.com',
          'name': {'formatted': 'Ms. Barbara J Jensen, III', 'familyName': 'Jensen', 'givenName': 'Barbara'},
          'displayName': 'Babs Jensen',
          'title': 'Tour Guide',
          'userType': 'Employee',
          'active': true,
          'emails': [
            {'value': 'bjensen@example.com', 'type': 'work', 'primary': true},
            {'value': 'babs@jensen.org', 'type': 'home'}],
          'addresses': [
            {'type': 'work', 'streetAddress': '100 Universal City Plaza', 'locality': 'Hollywood', 'primary': true},
            {'type': 'home', 'streetAddress': '456 Hollywood Blvd', 'locality': 'Hollywood'}],
          'ims': [{'value': 'someaimhandle', 'type': 'aim'}],
          'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
            'employeeNumber': '701984',
            'department': 'Tour Operations',
            'manager': {'value': '26118915-6090-4610-87e4-49d8ca9f808d'}},
          'meta': {'resourceType': 'User', 'created': '2010-01-23T04:56:22Z', 'lastModified': '2011-05-13T04:42:34Z'}
        }
        """);
  }
}
