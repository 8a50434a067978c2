package dev.retort;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.retort.paper.Study;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The house as it is built: which room leads to which, and what is not kept in it. */
@Tag("once")
class ArchitectureRulesTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .importUrl(Retort.class.getProtectionDomain().getCodeSource().getLocation());

  /** Below this the rules would hold because nothing is looked at. */
  private static final int FEWEST_CLASSES = 215;

  /** The storeys from the ground up; a package may use those below its own storey. */
  static final List<List<String>> STOREYS =
      List.of(
          List.of("option", "random", "store", "figure", "code"),
          List.of("space", "run", "loss"),
          List.of("env", "nn", "table"),
          List.of("distribution"),
          List.of("policy"),
          List.of("data"),
          List.of("evaluate"),
          List.of("prior"),
          List.of("guidance"),
          List.of("teach", "collect", "distill", "film", "solve", "transfer"),
          List.of("dagger"),
          List.of("plan"),
          List.of("paper"));

  private static final DescribedPredicate<JavaClass> IS_MISTAKE =
      assignableTo(RetortException.class);

  /** A study stands where its readers do: above the words of the root. */
  private static final DescribedPredicate<JavaClass> IS_OF_A_PAPER =
      resideInAnyPackage("dev.retort.paper.*..");

  @Test
  void enoughClassesAreLookedAt() {
    assertThat(HOUSE.size()).isGreaterThanOrEqualTo(FEWEST_CLASSES);
  }

  @Test
  void everyPackageHasItsStorey() {
    Set<String> known =
        STOREYS.stream().flatMap(List::stream).collect(Collectors.toCollection(TreeSet::new));
    Set<String> found = new TreeSet<>();
    for (JavaClass each : HOUSE) {
      String[] names = each.getPackageName().split("\\.", -1);
      if (names.length > 2) {
        found.add(names[2]);
      }
    }
    assertThat(known).containsAll(found);
  }

  @Test
  void packagesUseOnlyThoseOfLowerStoreys() {
    LayeredArchitecture house =
        Architectures.layeredArchitecture().consideringOnlyDependenciesInAnyPackage("dev.retort..");
    List<String> all = STOREYS.stream().flatMap(List::stream).toList();
    for (String name : all) {
      house = house.optionalLayer(name).definedBy("dev.retort." + name + "..");
    }
    for (int storey = 0; storey < STOREYS.size(); storey++) {
      List<String> below = STOREYS.subList(0, storey).stream().flatMap(List::stream).toList();
      for (String name : STOREYS.get(storey)) {
        house =
            below.isEmpty()
                ? house.whereLayer(name).mayNotAccessAnyLayer()
                : house.whereLayer(name).mayOnlyAccessLayers(below.toArray(String[]::new));
      }
    }
    house
        .ignoreDependency(DescribedPredicate.alwaysTrue(), IS_MISTAKE)
        .ignoreDependency(IS_OF_A_PAPER, equivalentTo(Retort.class))
        .ensureAllClassesAreContainedInArchitectureIgnoring("dev.retort")
        .check(HOUSE);
  }

  @Test
  void onlyMistakesOfTheRootAreUsedBelowIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.retort")
        .and(not(IS_OF_A_PAPER))
        .should()
        .dependOnClassesThat(
            not(IS_MISTAKE).and(JavaClass.Predicates.resideInAPackage("dev.retort")))
        .check(HOUSE);
  }

  @Test
  void thereAreNoCycles() {
    slices().matching("dev.retort.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void papersAreFoundAndNotNamedAndKnowNothingOfEachOther() {
    noClasses().that(not(IS_OF_A_PAPER)).should().dependOnClassesThat(IS_OF_A_PAPER).check(HOUSE);
    slices().matching("dev.retort.paper.(*)..").should().notDependOnEachOther().check(HOUSE);
  }

  @Test
  void ofAPaperOnlyItsStudyIsPublic() {
    classes()
        .that(IS_OF_A_PAPER)
        .and()
        .arePublic()
        .should()
        .beAssignableTo(Study.class)
        .check(HOUSE);
  }

  @Test
  void publicTypesAreClosed() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and(describe("are no family of mistakes", c -> !c.isEquivalentTo(RetortException.class)))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .orShould()
        .haveModifier(JavaModifier.ABSTRACT)
        .orShould()
        .beEnums()
        .check(HOUSE);
  }

  @Test
  void nothingIsPrintedAndNothingSerialized() {
    noClasses().should().accessField(System.class, "out").check(HOUSE);
    noClasses().should().accessField(System.class, "err").check(HOUSE);
    noClasses()
        .that(not(assignableTo(Throwable.class)).and(not(assignableTo(Enum.class))))
        .and()
        .areNotAnonymousClasses()
        .should()
        .implement(java.io.Serializable.class)
        .check(HOUSE);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.Object(In|Out)putStream")
        .check(HOUSE);
  }

  @Test
  void noAlgorithmLooksAtTheClock() {
    DescribedPredicate<JavaClass> clocks =
        describe(
            "are the clock of runs or measure what a plan or a step costs",
            c ->
                c.getName().startsWith("dev.retort.run.RunClock")
                    || c.getName().equals("dev.retort.plan.Cost")
                    || c.getName().equals("dev.retort.env.Pace"));
    noClasses()
        .that(not(clocks))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(HOUSE);
  }

  @Test
  void allChanceComesFromStreams() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)|java\\.security\\.SecureRandom")
        .orShould()
        .callMethod(Math.class, "random")
        .check(HOUSE);
  }

  @Test
  void onlyNetworksSeeTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.retort.nn")
        .should()
        .dependOnClassesThat(resideInAnyPackage("ai.djl.."))
        .check(HOUSE);
  }

  @Test
  void namesSayWhatThingsAre() {
    noClasses()
        .should()
        .haveNameMatching(".*[.$](Abstract\\w*|\\w*(Impl|Utils?|Helper|Manager|Base))")
        .check(HOUSE);
  }

  @Test
  void everyPackageTeachesItsIdea() {
    List<String> silent = new ArrayList<>();
    for (JavaPackage each : HOUSE.getPackage("dev.retort").getSubpackagesInTree()) {
      Path page = Path.of("src/main/java", each.getName().replace('.', '/'), "package-info.java");
      if (!each.getClasses().isEmpty() && !Files.exists(page)) {
        silent.add(each.getName());
      }
    }
    assertThat(silent).isEmpty();
    assertThat(Path.of("src/main/java/dev/retort/package-info.java")).exists();
  }
}
