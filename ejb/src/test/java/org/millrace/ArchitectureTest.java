package org.millrace;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** The house rules that a machine can hold, each with its reason. */
@AnalyzeClasses(packages = "org.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] ADAPTERS = {
    "org.millrace.persistence..",
    "org.millrace.messaging..",
    "org.millrace.operation..",
    "org.millrace.recovery..",
    "org.millrace.observability.."
  };

  @ArchTest
  static final ArchRule API =
      only(
          "org.millrace.api..",
          "authors of stages and of pages compile against it: it promises nothing but itself",
          "org.millrace.api..",
          "jakarta.jms..",
          "jakarta.ejb..",
          "jakarta.annotation..",
          "javax.naming..");

  @ArchTest
  static final ArchRule JSON =
      only(
          "org.millrace.json..",
          "all others use it, so it knows none of them",
          "org.millrace.json..",
          "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule KERNEL =
      only(
          "org.millrace.kernel..",
          "the rules of BPMN are pure: they can be tested, replayed and shown beforehand",
          "org.millrace.kernel..");

  @ArchTest
  static final ArchRule KERNEL_WITHOUT_CLOCK_AND_CHANCE =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.kernel..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, Random.class, Thread.class)
          .because("the same command against the same state at the same time decides the same");

  @ArchTest
  static final ArchRule DEFINITION =
      only(
          "org.millrace.definition..",
          "a document becomes a graph without any server around",
          "org.millrace.definition..",
          "org.millrace.kernel.graph..",
          "org.millrace.kernel.element..",
          "org.millrace.kernel.state..",
          "org.millrace.json..",
          "org.millrace.api.operation..",
          "javax.xml..",
          "jakarta.el..",
          "org.camunda.feel..",
          "fastparse..",
          "scala..",
          "org.kie..",
          "org.drools.io..",
          "net.sf.saxon..");

  @ArchTest
  static final ArchRule EXECUTION =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.execution..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ADAPTERS)
          .allowEmptyShould(true)
          .because("it declares the ports, and the adapters are behind them");

  @ArchTest
  static final ArchRule ADAPTERS_APART =
      slices()
          .matching("org.millrace.(persistence|messaging|operation|recovery)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true)
          .because("each can be replaced without the others; they meet in execution's ports");

  @ArchTest
  static final ArchRule OBSERVABILITY =
      noClasses()
          .that()
          .resideInAPackage("org.millrace.observability..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.millrace..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "org.millrace.observability..", "org.millrace.api.."))))
          .allowEmptyShould(true)
          .because("it is told what happens, and asks nobody");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("org.millrace.(*)..")
          .should()
          .beFreeOfCycles()
          .because("what depends on each other is one thing, and should be one package");

  @ArchTest
  static final ArchRule NAMES =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Utility|Manager|Helper|Impl)")
          .because("such a name says that nobody knew what the class is for");

  @ArchTest
  static final ArchRule CONSTRUCTORS =
      constructors()
          .that()
          .areDeclaredInClassesThat(not(recordsAndEnums()))
          .should(haveAtMostFiveParameters())
          .because("who needs more does more than one thing");

  @ArchTest
  static void everyPackageSaysWhatItIsFor(JavaClasses classes) {
    assertThat(classes.getPackage("org.millrace").getSubpackagesInTree())
        .filteredOn(aPackage -> !aPackage.getClasses().isEmpty())
        .as("a package-info says what belongs into a package and what never does")
        .isNotEmpty()
        .allMatch(aPackage -> aPackage.tryGetPackageInfo().isPresent(), "has a package-info");
  }

  /** Besides the JDK's and JSpecify's. */
  private static ArchRule only(String of, String because, String... packages) {
    DescribedPredicate<JavaClass> allowed =
        resideInAnyPackage(packages).or(resideInAnyPackage("java..", "org.jspecify.annotations.."));
    return classes()
        .that(resideInAPackage(of))
        .should(onlyDependOnClassesThat(allowed))
        .allowEmptyShould(true)
        .because(because);
  }

  private static DescribedPredicate<JavaClass> recordsAndEnums() {
    return DescribedPredicate.describe(
        "records and enums", aClass -> aClass.isRecord() || aClass.isEnum());
  }

  private static ArchCondition<JavaConstructor> haveAtMostFiveParameters() {
    return new ArchCondition<>("have at most five parameters") {
      @Override
      public void check(JavaConstructor constructor, ConditionEvents events) {
        int parameters = constructor.getRawParameterTypes().size();
        events.add(
            new SimpleConditionEvent(
                constructor,
                parameters <= 5,
                constructor.getFullName() + " has " + parameters + " parameters"));
      }
    };
  }
}
