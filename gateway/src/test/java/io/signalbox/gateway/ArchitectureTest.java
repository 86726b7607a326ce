package io.signalbox.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.sql.SQLException;

/** The rules of the rooms, see docs/adr/0001. */
@AnalyzeClasses(
    packages = "io.signalbox",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /** Leaves out the tests of other modules when they come as a jar. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("io.signalbox.gateway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheBusTouchesTheEventBus =
      noClasses()
          .that()
          .resideInAPackage("io.signalbox.gateway..")
          .and()
          .resideOutsideOfPackage("io.signalbox.gateway.bus..")
          .should()
          .callMethod(Vertx.class, "eventBus")
          .because("addresses, codecs and failures are the business of the bus room");

  @ArchTest
  static final ArchRule theGatewayKnowsNoProvider =
      noClasses()
          .that()
          .resideInAPackage("io.signalbox.gateway..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.signalbox.provider..", "io.signalbox.toolkit..", "io.signalbox.simulator..")
          .because("it learns of providers through the plugins folder only");

  @ArchTest
  static final ArchRule theSpiKnowsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("io.signalbox.spi..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.signalbox.gateway..", "io.signalbox.loader..", "io.signalbox.scoring..");

  @ArchTest
  static final ArchRule theCheckOfJarsStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("io.signalbox.loader.check..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.signalbox.loader");

  @ArchTest
  static final ArchRule scoringIsPure =
      noClasses()
          .that()
          .resideInAPackage("io.signalbox.scoring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vertx..", "io.signalbox.spi..", "java.io..", "java.net..", "java.nio..");

  @ArchTest
  static final ArchRule onlyTheSqliteRoomSpeaksJdbc =
      noClasses()
          .that()
          .resideInAPackage("io.signalbox.gateway..")
          .and()
          .resideOutsideOfPackage("io.signalbox.gateway.ledger.sqlite..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.sql..", "org.sqlite..")
                  .and(not(equivalentTo(SQLException.class))));

  @ArchTest
  static final ArchRule onlyTheLedgersRoomsKnowThatAStoreSpeaksSql =
      noClasses()
          .that()
          .resideInAPackage("io.signalbox.gateway..")
          .and()
          .resideOutsideOfPackages(
              "io.signalbox.gateway.ledger.sql..",
              "io.signalbox.gateway.ledger.sqlite..",
              "io.signalbox.gateway.ledger.postgres..")
          .should()
          .dependOnClassesThat(equivalentTo(SQLException.class));

  @ArchTest
  static final ArchRule theLedgerOverSqlKnowsNoStore =
      noClasses()
          .that()
          .resideInAPackage("io.signalbox.gateway.ledger.sql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.signalbox.gateway.ledger.sqlite..", "io.signalbox.gateway.ledger.postgres..");

  @ArchTest
  static final ArchRule theModelIsPlain =
      noClasses()
          .that()
          .resideInAPackage("io.signalbox.gateway.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..");

  @ArchTest
  static final ArchRule verticlesAreCalledSo =
      classes()
          .that()
          .areAssignableTo(VerticleBase.class)
          .and()
          .areTopLevelClasses()
          .should()
          .haveSimpleNameEndingWith("Verticle");
}
