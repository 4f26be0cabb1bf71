package io.pgscim.audit.export;

import io.pgscim.audit.entry.Indexed;
import java.util.Arrays;

/** The entries' own bytes, each with its index in front, one a line. */
public record JsonLines() implements Format {

  @Override
  public byte[] entry(long index, byte[] entry) {
    byte[] json = Indexed.json(index, entry);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }
}
