package io.pgscim;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may import whom. Rooms are modules, stations are packages of a service. */
class LayeringTest {
  private static final String SCIM = "io.pgscim.scim..";
  private static final String EVENTS = "io.pgscim.events..";
  private static final String MESSAGING = "io.pgscim.messaging..";
  private static final String INGEST = "io.pgscim.ingest..";
  private static final String APPLIER = "io.pgscim.applier..";
  private static final String AUDIT = "io.pgscim.audit..";

  private static JavaClasses pgscim;

  @BeforeAll
  static void read() {
    pgscim =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.pgscim");
  }

  @Test
  void scimCoreKnowsOnlyTheJdkAndJackson() {
    classes()
        .that()
        .resideInAPackage(SCIM)
        .should()
        .onlyDependOnClassesThat(jdkJacksonAnd(SCIM))
        .check(pgscim);
  }

  @Test
  void eventsKnowOnlyTheJdkAndJackson() {
    classes()
        .that()
        .resideInAPackage(EVENTS)
        .should()
        .onlyDependOnClassesThat(jdkJacksonAnd(EVENTS))
        .check(pgscim);
  }

  @Test
  void messagingKnowsNoServiceAndNoScim() {
    noClasses()
        .that()
        .resideInAPackage(MESSAGING)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SCIM, INGEST, APPLIER, AUDIT)
        .check(pgscim);
  }

  @Test
  void servicesNeverImportEachOther() {
    for (String service : new String[] {INGEST, APPLIER, AUDIT}) {
      noClasses()
          .that()
          .resideInAPackage(service)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(INGEST, APPLIER, AUDIT)
                  .and(DescribedPredicate.not(resideInAnyPackage(service))))
          .check(pgscim);
    }
  }

  @Test
  void noServiceNeedsTheEmbeddedBrokerOrDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage(SCIM, EVENTS, MESSAGING, INGEST, APPLIER, AUDIT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.pgscim.parts..", "io.pgscim.local..")
        .check(pgscim);
  }

  @Test
  void decisionsAreMadeWithoutFrameworks() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.pgscim.applier.policy..",
            "io.pgscim.applier.wanted..",
            "io.pgscim.applier.plan..",
            "io.pgscim.audit.entry..",
            "io.pgscim.audit.tlog..",
            "io.pgscim.audit.source..",
            "io.pgscim.audit.verify..",
            "io.pgscim.audit.export..",
            "io.pgscim.audit.review..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..", "io.vertx..", "io.smallrye..", "org.apache.kafka..", "jakarta..")
        .check(pgscim);
  }

  private static DescribedPredicate<JavaClass> jdkJacksonAnd(String own) {
    return resideInAnyPackage("java..", "javax..", "com.fasterxml.jackson..", own);
  }
}
