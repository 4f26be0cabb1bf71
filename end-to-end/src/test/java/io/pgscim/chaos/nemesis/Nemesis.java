package io.pgscim.chaos.nemesis;

import io.pgscim.chaos.history.History;
import io.pgscim.endtoend.Stack;
import io.pgscim.parts.network.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes faults, up to two at a time, each to its own targets, each for a while. The order is
 * decided by the seed: in each round one of every kind, and of a kind each target in its turn.
 */
public final class Nemesis {
  private static final int HANDS = 2;
  private static final int LONGEST_PAUSE_MILLIS = 1500;
  private static final int LONGEST_FAULT_MILLIS = 5000;
  private static final int START_ATTEMPTS = 5;

  private final History history;
  private final Map<FaultKind, List<Fault>> all = new EnumMap<>(FaultKind.class);
  private final Map<FaultKind, Deque<Fault>> next = new EnumMap<>(FaultKind.class);
  private final Deque<Fault> deck = new ArrayDeque<>();
  private final Set<String> busy = new HashSet<>();
  private final Map<String, Integer> made = new TreeMap<>();
  private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> hands = new ArrayList<>();
  private final long seed;
  private final Random order;
  private volatile boolean over;

  /**
   * @param kinds which faults; none for a quiet run
   * @param links what stands between the parts, by {@code from>to}
   */
  public Nemesis(
      Stack stack,
      Map<String, Proxy> links,
      AuditDisk disk,
      Collection<FaultKind> kinds,
      History history,
      long seed) {
    this.history = history;
    this.seed = seed;
    this.order = new Random(seed);
    var faults = new Faults(stack, links, disk, seed);
    kinds.forEach(kind -> all.put(kind, faults.of(kind)));
  }

  public void begin() {
    for (int hand = 0; hand < HANDS && !all.isEmpty(); hand++) {
      var random = new Random(seed * 17 + hand);
      hands.add(Thread.ofPlatform().daemon().name("nemesis-" + hand).start(() -> run(random)));
    }
  }

  /** Returns when every fault is over. */
  public void end() throws InterruptedException {
    over = true;
    for (Thread hand : hands) {
      hand.join();
    }
  }

  /** How many faults of each kind there were. */
  public synchronized Map<String, Integer> made() {
    return new TreeMap<>(made);
  }

  /** What could not be brought back. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private void run(Random random) {
    while (!over) {
      try {
        Thread.sleep(200 + random.nextInt(LONGEST_PAUSE_MILLIS));
        Fault fault = draw();
        if (fault == null) {
          continue;
        }
        try {
          make(fault, 200 + random.nextInt(LONGEST_FAULT_MILLIS));
        } finally {
          give(fault);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void make(Fault fault, int millis) throws InterruptedException {
    history.fault(fault.kind().word(), fault.target(), true);
    try {
      fault.begin();
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception notMade) {
      // Another fault stands in its way: it ends as if it had begun.
    }
    end(fault);
    history.fault(fault.kind().word(), fault.target(), false);
  }

  /** A service may fail to start while another fault lasts: then it is started again. */
  private void end(Fault fault) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        fault.end();
        return;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (attempt == START_ATTEMPTS) {
          problems.add(fault.target() + " did not come back: " + e.getMessage());
          return;
        }
      }
    }
  }

  private synchronized Fault draw() {
    if (deck.isEmpty()) {
      List<FaultKind> round = new ArrayList<>(all.keySet());
      Collections.shuffle(round, order);
      round.forEach(kind -> deck.add(nextOf(kind)));
    }
    for (Fault fault : deck) {
      if (Collections.disjoint(busy, fault.targets())) {
        busy.addAll(fault.targets());
        deck.remove(fault);
        made.merge(fault.kind().word(), 1, Integer::sum);
        return fault;
      }
    }
    return null;
  }

  private Fault nextOf(FaultKind kind) {
    Deque<Fault> targets = next.computeIfAbsent(kind, k -> new ArrayDeque<>());
    if (targets.isEmpty()) {
      List<Fault> shuffled = new ArrayList<>(all.get(kind));
      Collections.shuffle(shuffled, order);
      targets.addAll(shuffled);
    }
    return targets.poll();
  }

  private synchronized void give(Fault fault) {
    busy.removeAll(fault.targets());
  }
}
