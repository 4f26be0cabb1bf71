package io.pgscim.ingest.cursor;

import io.pgscim.ingest.directory.Query.Position;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Where to go on in a list.
 *
 * @param position the resource that was read last
 * @param backwards towards the beginning
 * @param count how many resources the list's pages hold
 * @param total how many resources the list had when it was begun
 * @param expires when nobody needs it any more
 */
public record Cursor(Position position, boolean backwards, int count, long total, Instant expires) {

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(expires.getEpochSecond());
      out.writeBoolean(backwards);
      out.writeInt(count);
      out.writeLong(total);
      out.writeLong(position.id().getMostSignificantBits());
      out.writeLong(position.id().getLeastSignificantBits());
      if (position.value() != null) {
        out.write(1);
        out.write(position.value().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #bytes} wrote. */
  static Cursor of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Instant expires = Instant.ofEpochSecond(in.readLong());
      boolean backwards = in.readBoolean();
      int count = in.readInt();
      long total = in.readLong();
      UUID id = new UUID(in.readLong(), in.readLong());
      String value = in.read() < 0 ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Cursor(new Position(value, id), backwards, count, total, expires);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
