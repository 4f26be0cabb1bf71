package io.pgscim.audit.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.disk.Disk;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every operation that the writer asks of the disk goes wrong once, in each way that there is.
 * Afterwards, and after a restart where there was one, no entry is missing, none is there twice,
 * and the log has grown out of what was signed before. The build takes some of the operations;
 * {@code -Dpgscim.step=1} takes every one.
 */
class FaultsIT {
  private static final int TOTAL = 560;
  private static final int STEP = Integer.getInteger("pgscim.step", 13);

  private Started started;

  @BeforeEach
  void begin() throws Exception {
    started = new Started();
  }

  @AfterEach
  void end() throws IOException {
    started.close();
  }

  /** Thrown where the process would end. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What happens at the step whose turn it is. */
  private interface Fault {
    void strike(String what, Path file) throws IOException;
  }

  /** A disk on which one step goes wrong; once the process was killed, nothing goes any more. */
  private static class Faulty extends Disk {
    private final int turn;
    private final Fault fault;
    private int steps;
    private boolean killed;
    boolean struck;

    Faulty(Path root, int turn, Fault fault) {
      super(root);
      this.turn = turn;
      this.fault = fault;
    }

    @Override
    protected void step(String what, Path file) throws IOException {
      if (killed) {
        throw new Killed();
      }
      if (++steps == turn) {
        struck = true;
        try {
          fault.strike(what, file);
        } catch (Killed e) {
          killed = true;
          throw e;
        }
      }
    }
  }

  @Test
  void eachOperationFailsOnceBeforeOrAfterItIsDone() throws Exception {
    int steps =
        everyStep(
            turn ->
                new Faulty(
                    started.copy(),
                    turn,
                    (what, file) -> {
                      throw new IOException("Input/output error: " + what + " " + file);
                    }));
    assertThat(steps).isGreaterThan(200);
  }

  @Test
  void theProcessEndsBeforeAndAfterEachOperation() throws Exception {
    int steps =
        everyStep(
            turn ->
                new Faulty(
                    started.copy(),
                    turn,
                    (what, file) -> {
                      throw new Killed();
                    }));
    assertThat(steps).isGreaterThan(200);
  }

  @Test
  void theDiskIsFullInTheMiddleOfEachWrite() throws Exception {
    int writes = everyStep(turn -> new Short(started.copy(), turn, false));
    assertThat(writes).isGreaterThan(20);
  }

  @Test
  void theProcessEndsInTheMiddleOfEachWrite() throws Exception {
    int writes = everyStep(turn -> new Short(started.copy(), turn, true));
    assertThat(writes).isGreaterThan(20);
  }

  @Test
  void thePowerGoesAndTakesWhatWasNotSyncedBeforeAndAfterEachOperation() throws Exception {
    int steps = everyStep(turn -> new Unsynced(started.copy(), turn));
    assertThat(steps).isGreaterThan(200);
  }

  @Test
  void theProcessIsKilledAsTheKernelDoesIt() throws Exception {
    int turn = 7;
    for (int code = 9; code == 9; turn += 5 * STEP) {
      Path at = started.copy();
      code =
          new ProcessBuilder(Writing.command(at, TOTAL, turn))
              .redirectErrorStream(true)
              .redirectOutput(new File("target/faults-child.log"))
              .start()
              .waitFor();
      assertThat(code).isIn(0, 9);
      Writing.upTo(TOTAL, new Disk(at));
      Writing.assertWhole(at, TOTAL, started.checkpoint());
    }
    assertThat(turn).isGreaterThan(200);
  }

  /** A write after which only half of the bytes are there. */
  private static final class Short extends Faulty {
    private final int turn;
    private final boolean kill;
    private int writes;
    private boolean killed;

    Short(Path root, int turn, boolean kill) {
      super(root, 0, (what, file) -> {});
      this.turn = turn;
      this.kill = kill;
    }

    @Override
    protected void step(String what, Path file) throws IOException {
      if (killed) {
        throw new Killed();
      }
    }

    @Override
    protected int write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
      if (++writes != turn) {
        return super.write(channel, bytes, at);
      }
      struck = true;
      ByteBuffer half = bytes.duplicate();
      half.limit(half.position() + half.remaining() / 2);
      while (half.hasRemaining()) {
        super.write(channel, half, at + half.position());
      }
      if (kill) {
        killed = true;
        throw new Killed();
      }
      throw new IOException("No space left on device");
    }
  }

  /** A disk that forgets what was not synced, names included, when the process is killed. */
  private static final class Unsynced extends Faulty {
    private final Map<Path, byte[]> synced = new HashMap<>();
    private final Map<Path, byte[]> names = new HashMap<>();

    Unsynced(Path root, int turn) throws IOException {
      super(
          root,
          turn,
          (what, file) -> {
            throw new Killed();
          });
      try (var files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          synced.put(file, Files.readAllBytes(file));
        }
      }
    }

    @Override
    protected void step(String what, Path file) throws IOException {
      try {
        super.step(what, file);
      } catch (Killed e) {
        forget();
        throw e;
      }
      switch (what) {
        case "create" -> names.put(file, null);
        case "rename" -> names.put(file, synced.get(file));
        case "after rename" -> synced.put(file, Files.readAllBytes(file));
        case "after delete" -> synced.remove(file);
        case "after fsync" -> synced.put(file, Files.readAllBytes(file));
        case "after fsync folder" -> names.keySet().removeIf(name -> name.getParent().equals(file));
        default -> {}
      }
    }

    private void forget() throws IOException {
      Path index = path("index");
      try (var files = Files.walk(path(""))) {
        for (Path file :
            files.filter(Files::isRegularFile).filter(one -> !one.startsWith(index)).toList()) {
          byte[] left = names.containsKey(file) ? names.get(file) : synced.get(file);
          if (left != null) {
            Files.write(file, left);
          } else if (names.containsKey(file)) {
            Files.delete(file);
          } else if (!file.endsWith("lock")) {
            Files.write(file, new byte[0]);
          }
        }
      }
    }
  }

  private interface Disks {
    Faulty at(int turn) throws IOException;
  }

  /** Lets the fault strike at each turn until there is none; gives how many there were. */
  private int everyStep(Disks disks) throws Exception {
    for (int turn = 1; ; turn += STEP) {
      Faulty disk = disks.at(turn);
      try {
        Writing.upTo(TOTAL, disk);
      } catch (Killed | IOException e) {
        // Killed, or refused to open: the process is started again.
        Writing.upTo(TOTAL, new Disk(disk.path("")));
      }
      Writing.assertWhole(disk.path(""), TOTAL, started.checkpoint());
      Started.remove(disk.path(""));
      if (!disk.struck) {
        return turn - STEP;
      }
    }
  }
}
