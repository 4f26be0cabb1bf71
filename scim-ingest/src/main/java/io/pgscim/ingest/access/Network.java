package io.pgscim.ingest.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR notation (RFC 4632, RFC 4291 §2.3).
 *
 * @param address the first address of it, 4 or 16 bytes
 * @param prefix how many leading bits all its addresses share
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Network(byte[] address, int prefix) {
  /** Digits only: a name would be looked up. */
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /**
   * @throws IllegalArgumentException when the text is no network
   */
  static Network of(String text) {
    String[] parts = text.strip().split("/", -1);
    byte[] address = bytes(parts[0]);
    int bits = address == null ? 0 : address.length * 8;
    int prefix = parts.length == 1 ? bits : number(parts[1]);
    if (address == null || parts.length > 2 || prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException(
          text + " is no network such as 192.0.2.0/24 or 2001:db8::/32");
    }
    return new Network(address, prefix);
  }

  /** Whether an address, as a literal, lies in it. */
  boolean contains(String literal) {
    byte[] other = bytes(literal);
    if (other == null || other.length != address.length) {
      return false;
    }
    int whole = prefix / 8;
    int rest = prefix % 8;
    return Arrays.equals(address, 0, whole, other, 0, whole)
        && (rest == 0 || (address[whole] ^ other[whole]) >> (8 - rest) == 0);
  }

  /** An IPv4 address inside of IPv6 is IPv4; null for what is no address. */
  private static byte[] bytes(String literal) {
    String plain = literal.strip();
    int zone = plain.indexOf('%');
    plain = zone < 0 ? plain : plain.substring(0, zone);
    if (!LITERAL.matcher(plain).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(plain).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static int number(String digits) {
    return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
  }
}
