package io.pgscim.chaos.traffic;

import io.pgscim.chaos.history.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.Lock;

/**
 * Some of the company's people and everything that happens to them, one push after the other. While
 * somebody is suspended his memberships stay as they are.
 */
final class Lane {
  private static final int MOST_PEOPLE = 14;

  private final int number;
  private final Company company;
  private final IdentityProvider provider;
  private final Random random;
  private final List<String> here = new ArrayList<>();
  private int hired;
  private Push last;

  Lane(int number, Company company, IdentityProvider provider, long seed) {
    this.number = number;
    this.company = company;
    this.provider = provider;
    this.random = new Random(seed * 31 + number);
  }

  /** One thing happens. */
  void live() throws InterruptedException {
    int dice = random.nextInt(100);
    if (here.size() < 4 || dice < 15 && here.size() < MOST_PEOPLE) {
      join();
      return;
    }
    String person = here.get(random.nextInt(here.size()));
    if (!company.isSo(Fact.active(person))) {
      if (dice < 80) {
        push(Push.activate(person, company.personId(person), true));
      } else {
        leave(person);
      }
    } else if (dice < 30) {
      move(person);
    } else if (dice < 65) {
      toggle(person, anyGroup());
    } else if (dice < 74) {
      push(Push.activate(person, company.personId(person), false));
    } else if (dice < 79) {
      leave(person);
    } else if (dice < 86) {
      push(Push.put("profile", person, company.personId(person), true, random.nextInt(1000)));
    } else if (dice < 92) {
      sendAgain();
    } else if (dice < 97) {
      resync(anyGroup(), person);
    } else {
      nest();
    }
  }

  private void join() throws InterruptedException {
    String person = "p" + hired++ + ".l" + number + Company.DOMAIN;
    String id = push(Push.join(person));
    if (id != null) {
      company.hired(person, id);
      here.add(person);
      toggle(person, anyGroup());
    }
  }

  private void move(String person) throws InterruptedException {
    List<String> from =
        company.groups().stream()
            .filter(group -> company.isSo(Fact.member(group, person)))
            .toList();
    String to = anyGroup();
    if (!from.isEmpty()) {
      toggle(person, from.get(random.nextInt(from.size())));
    }
    if (!company.isSo(Fact.member(to, person))) {
      toggle(person, to);
    }
  }

  private void toggle(String person, String group) throws InterruptedException {
    String fact = Fact.member(group, person);
    locked(
        List.of(company.lock(group).readLock()),
        () ->
            push(
                Push.member(
                    company.groupId(group), company.personId(person), fact, !company.isSo(fact))));
  }

  private void leave(String person) throws InterruptedException {
    Map<String, Boolean> sets = new HashMap<>();
    sets.put(Fact.active(person), false);
    company.groups().forEach(group -> sets.put(Fact.member(group, person), false));
    locked(
        company.groups().stream().map(group -> company.lock(group).readLock()).toList(),
        () -> push(Push.leave(company.personId(person), sets)));
    here.remove(person);
    last = null;
  }

  /** Identity providers send what they have sent, when they do not know it any more. */
  private void sendAgain() throws InterruptedException {
    if (last != null && last.method().equals("PUT") && last.path().startsWith("/Users")) {
      push(last);
    } else if (last != null && last.path().startsWith("/Groups") && last.kind().equals("add")) {
      String group = last.sets().keySet().iterator().next().split("/")[1];
      locked(List.of(company.lock(group).readLock()), () -> push(last));
    }
  }

  /** All members at once, one of them other than before. */
  private void resync(String group, String person) throws InterruptedException {
    locked(
        List.of(company.lock(group).writeLock()),
        () -> {
          Map<String, Boolean> sets = new HashMap<>();
          company.members(group).forEach(member -> sets.put(Fact.member(group, member), true));
          company.nestedIn(group).forEach(team -> sets.put(Fact.nested(group, team), true));
          sets.merge(Fact.member(group, person), true, (there, now) -> false);
          List<String> ids = new ArrayList<>();
          sets.forEach(
              (fact, present) -> {
                String name = fact.substring(fact.lastIndexOf('/') + 1);
                if (present) {
                  ids.add(
                      Fact.person(fact) == null ? company.groupId(name) : company.personId(name));
                }
              });
          push(Push.resync(group, company.groupId(group), ids, sets));
        });
  }

  private void nest() throws InterruptedException {
    String team = Company.TEAMS.get(random.nextInt(Company.TEAMS.size()));
    List<String> departments = company.groups().stream().filter(g -> !g.equals(team)).toList();
    String parent = departments.get(random.nextInt(departments.size()));
    if (Company.TEAMS.contains(parent)) {
      return;
    }
    String fact = Fact.nested(parent, team);
    locked(
        List.of(company.lock(parent).writeLock(), company.lock(team).writeLock()),
        () ->
            push(
                Push.member(
                    company.groupId(parent), company.groupId(team), fact, !company.isSo(fact))));
  }

  private String push(Push push) throws InterruptedException {
    String id = provider.push(push, random);
    if (id != null) {
      company.became(push.sets());
      last = push;
    }
    return id;
  }

  private String anyGroup() {
    return company.groups().get(random.nextInt(company.groups().size()));
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  /** Locks are taken in the order of the groups' names, departments before teams. */
  private static void locked(List<Lock> locks, Step step) throws InterruptedException {
    for (Lock lock : locks) {
      lock.lock();
    }
    try {
      step.run();
    } finally {
      locks.forEach(Lock::unlock);
    }
  }
}
