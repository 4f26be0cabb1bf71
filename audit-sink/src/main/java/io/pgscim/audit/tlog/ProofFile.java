package io.pgscim.audit.tlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A C2SP tlog-proof: what shows, with a key and nothing else, that an entry is in a log.
 *
 * @param extra the entry itself, where the file carries it; believed only once the path leads from
 *     it to the root
 * @param path from the leaf up to the root
 * @param note the signed checkpoint
 */
public record ProofFile(Optional<byte[]> extra, long index, List<Hash> path, String note) {
  private static final String HEAD = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";

  /** The longest path: a tree has fewer than 2^63 entries. */
  private static final int LONGEST = 63;

  public ProofFile {
    path = List.copyOf(path);
    if (index < 0 || path.size() > LONGEST) {
      throw new IllegalArgumentException("no proof of entry " + index);
    }
  }

  /** The file. */
  public String text() {
    var text = new StringBuilder(HEAD).append('\n');
    extra.ifPresent(
        bytes -> text.append(EXTRA).append(Base64.getEncoder().encodeToString(bytes)).append('\n'));
    text.append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(note).toString();
  }

  /** The proof that a file is. */
  public static ProofFile parse(String text) throws NoteException {
    int split = text.indexOf("\n\n");
    if (split < 0 || !text.startsWith(HEAD + "\n")) {
      throw new NoteException("not a proof: it begins with " + HEAD);
    }
    List<String> lines =
        new ArrayList<>(Arrays.asList(text.substring(HEAD.length() + 1, split).split("\n", -1)));
    try {
      Optional<byte[]> extra =
          lines.getFirst().startsWith(EXTRA)
              ? Optional.of(Note.decode(lines.removeFirst().substring(EXTRA.length())))
              : Optional.empty();
      String index = lines.isEmpty() ? "" : lines.removeFirst();
      if (!index.matches(INDEX + "(0|[1-9][0-9]{0,17})")) {
        throw new NoteException("not a proof: the index is missing");
      }
      return new ProofFile(
          extra,
          Long.parseLong(index.substring(INDEX.length())),
          lines.stream().map(line -> Hash.of(Note.decode(line))).toList(),
          text.substring(split + 2));
    } catch (IllegalArgumentException e) {
      throw new NoteException("not a proof: " + e.getMessage());
    }
  }

  /**
   * Whether the entry is the one that the checkpoint of that size and root covers.
   *
   * @param signed what {@link #note} holds, once its signature was checked
   */
  public boolean proves(byte[] entry, Checkpoint signed) {
    return Proof.includes(index, signed.size(), Hash.leaf(entry), path, signed.root());
  }
}
