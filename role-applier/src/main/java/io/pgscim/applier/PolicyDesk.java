package io.pgscim.applier;

import io.pgscim.applier.apply.Applying;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.plan.Dialect;
import io.pgscim.applier.plan.Memberships;
import io.pgscim.applier.policy.Mode;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.PolicyFile;
import io.pgscim.applier.policy.PolicyReading;
import io.pgscim.applier.reconcile.AccessRoles;
import io.pgscim.applier.reconcile.Attempts;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.applier.report.Report;
import io.pgscim.events.Cause;
import io.pgscim.events.PolicyAccepted;
import io.pgscim.events.PolicyRejected;
import io.pgscim.events.SecurityEvent;
import io.pgscim.messaging.Outbox;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Decides which policy is in force. A file that is no policy, or one for another cluster, changes
 * nothing: the policy before it, which the cluster itself remembers, stays.
 */
final class PolicyDesk {
  private static final Logger LOG = Logger.getLogger(PolicyDesk.class);
  private static final String ACCEPT =
      """
      INSERT INTO pgscim.policy (cluster, digest, content) VALUES ($1, $2, $3)
      ON CONFLICT (only_one) DO UPDATE
        SET digest = excluded.digest, content = excluded.content, rejected = NULL, since = now()""";

  /** The policy that the cluster remembers. */
  private record Remembered(Policy policy, String digest, String rejected) {}

  private final Attempts attempts;
  private final Session session;
  private final Outbox outbox;
  private final Memberships memberships;
  private final boolean observe;

  /**
   * @param observe every policy is only observed, whatever it says
   */
  PolicyDesk(Session session, Outbox outbox, Memberships memberships, boolean observe) {
    this.observe = observe;
    this.attempts = new Attempts(session);
    this.session = session;
    this.outbox = outbox;
    this.memberships = memberships;
  }

  /**
   * Puts the reading in force where it can be, access roles included.
   *
   * @param always also reconcile the access roles when the policy stays as it was
   * @return the policy in force; empty when there has never been one, or nothing changed
   */
  Optional<Ruling> enforce(PolicyReading reading, boolean always, Cause cause) {
    Optional<Remembered> before = remembered();
    return switch (reading) {
      case PolicyReading.Valid valid
          when before.isPresent()
              && !before.get().policy().cluster().equals(valid.policy().cluster()) ->
          keep(before, otherCluster(valid, before.get()), always, cause);
      case PolicyReading.Valid valid
          when valid.policy().hasOptions() && memberships.dialect() == Dialect.PLAIN ->
          keep(before, beyondTheServer(valid), always, cause);
      case PolicyReading.Valid valid -> {
        boolean news = before.isEmpty() || !before.get().digest().equals(valid.digest());
        yield news || always
            ? Optional.of(
                putInForce(valid.policy(), news ? Optional.of(valid) : Optional.empty(), cause))
            : Optional.empty();
      }
      case PolicyReading.Invalid invalid -> keep(before, invalid, always, cause);
    };
  }

  private Ruling putInForce(Policy policy, Optional<PolicyReading.Valid> accepted, Cause cause) {
    Ruling ruling =
        attempts.run(
            (transaction, applying) -> {
              accepted.ifPresent(valid -> accept(transaction, valid, cause));
              return reconcile(transaction, applying, policy, cause);
            });
    accepted.ifPresent(
        valid ->
            LOG.infof("policy in force cluster=%s digest=%s", policy.cluster(), valid.digest()));
    return ruling;
  }

  private Optional<Ruling> keep(
      Optional<Remembered> before, PolicyReading.Invalid invalid, boolean always, Cause cause) {
    if (before.isEmpty()) {
      invalid.problems().forEach(problem -> LOG.errorf("policy not accepted: %s", problem));
      return Optional.empty();
    }
    boolean news = !invalid.digest().equals(before.get().rejected());
    if (news) {
      invalid
          .problems()
          .forEach(problem -> LOG.errorf("policy not accepted, the one before stays: %s", problem));
      attempts.run(
          (transaction, applying) -> {
            reject(transaction, before.get().policy().cluster(), invalid, cause);
            return null;
          });
    }
    return always
        ? Optional.of(putInForce(before.get().policy(), Optional.empty(), cause))
        : Optional.empty();
  }

  /**
   * What access roles lose in one another, everybody loses who has them: under a limit that has to
   * wait until it is known whom the policy takes something from, see {@link #finish}.
   */
  private Ruling reconcile(Transaction transaction, Applying applying, Policy policy, Cause cause) {
    var accessRoles = new AccessRoles(outbox, policy, memberships);
    return observes(policy)
        ? Ruling.of(policy, accessRoles.usable(transaction), memberships)
        : accessRoles.reconcile(transaction, cause, applying, policy.limits().isNone());
  }

  /** Makes the access roles once more what the policy in force says. */
  Ruling again(Policy policy, Cause cause) {
    return putInForce(policy, Optional.empty(), cause);
  }

  /** Takes from the access roles what the policy does not give them. */
  void finish(Policy policy, Cause cause) {
    attempts.run(
        (transaction, applying) ->
            new AccessRoles(outbox, policy, memberships)
                .reconcile(transaction, cause, applying, true));
  }

  /** Whether roles stay as they are under this policy. */
  boolean observes(Policy policy) {
    return observe || policy.mode() == Mode.OBSERVE;
  }

  private void accept(Transaction transaction, PolicyReading.Valid valid, Cause cause) {
    String cluster = valid.policy().cluster();
    transaction.send(
        ACCEPT,
        Tuple.of(cluster, valid.digest(), io.vertx.core.buffer.Buffer.buffer(valid.bytes())));
    Report report = new Report(cluster);
    add(transaction, report, new PolicyAccepted(report.reporter(), cluster, valid.digest()), cause);
  }

  private void reject(
      Transaction transaction, String cluster, PolicyReading.Invalid invalid, Cause cause) {
    transaction.send("UPDATE pgscim.policy SET rejected = $1", Tuple.of(invalid.digest()));
    Report report = new Report(cluster);
    add(
        transaction,
        report,
        new PolicyRejected(report.reporter(), cluster, invalid.digest(), invalid.problems()),
        cause);
  }

  private void add(Transaction transaction, Report report, SecurityEvent event, Cause cause) {
    transaction.send(outbox.insertSql(), Outbox.parameters(List.of(report.of(event, cause))));
  }

  private Optional<Remembered> remembered() {
    for (Row row : session.ask("SELECT digest, content, rejected FROM pgscim.policy")) {
      PolicyReading reading =
          PolicyFile.read("the policy in force", row.getBuffer("content").getBytes());
      return switch (reading) {
        case PolicyReading.Valid valid ->
            Optional.of(
                new Remembered(valid.policy(), row.getString("digest"), row.getString("rejected")));
        case PolicyReading.Invalid invalid -> {
          // Written by another version of pgscim; the file must do.
          LOG.warnf("the remembered policy cannot be read: %s", invalid.problems().getFirst());
          yield Optional.empty();
        }
      };
    }
    return Optional.empty();
  }

  private static PolicyReading.Invalid beyondTheServer(PolicyReading.Valid valid) {
    return new PolicyReading.Invalid(
        valid.digest(),
        List.of(
            "with: { inherit, set } needs PostgreSQL "
                + Dialect.OPTIONS_SINCE
                + ": before, whoever is a member can use the role in every way; leave it out"));
  }

  private static PolicyReading.Invalid otherCluster(PolicyReading.Valid valid, Remembered before) {
    return new PolicyReading.Invalid(
        valid.digest(),
        List.of(
            "the policy is for cluster "
                + valid.policy().cluster()
                + ", this cluster is "
                + before.policy().cluster()
                + "; write cluster: "
                + before.policy().cluster()
                + ", or point pgscim.cluster.url elsewhere"));
  }
}
