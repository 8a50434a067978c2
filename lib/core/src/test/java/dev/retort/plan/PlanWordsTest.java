package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.compare;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.env;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.fit;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.plot;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.qLearning;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.render;
import static dev.retort.Retort.reproduce;
import static dev.retort.Retort.solve;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.retort.Retort;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every plan prints what it would do, and that {@code run()} does it. */
class PlanWordsTest {
  private static final Env CART = env("CartPole");
  private static final Policy RULE =
      Scripted.of("rule", CART, (seen, action) -> action[0] = seen[2] + seen[3] > 0 ? 1 : 0);

  /** Where plans live. */
  private static final Set<String> ROOMS = Set.of("dev.retort.plan", "dev.retort.paper");

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  private static List<Object> plans() {
    Dataset data = collect(200).from(RULE).on(CART).run();
    Curves curves = train(qLearning().steps(100)).on(env("FrozenLake")).seeds(2).run();
    Policy table = curves.policy(0);
    Distilling students = distill(RULE).from(data).into(mlp(4)).members(2);
    return List.of(
        train(ppo()).on(CART),
        train(ppo()).on(CART).seeds(3),
        train(ppo()).on(CART).quiet(),
        collect(200).from(RULE).on(CART),
        students,
        students.seeds(2),
        distill(RULE).on(CART).rounds(2),
        fit(mlp(4)).to(data),
        evaluate(RULE).on(CART),
        qPrior(table).on(env("FrozenLake")),
        compare("a", curves).and("b", curves),
        render(RULE).on(CART),
        solve(env("FrozenLake")),
        solve(env("MountainCar")).bins(10),
        plot(1, 2).metric("return"),
        plot(1),
        reproduce("benchmarks").preset("unit"),
        reproduce("benchmarks").quiet());
  }

  @Test
  void everyPlanSaysWhatItWouldDoAndThatRunDoesIt() {
    for (Object plan : plans()) {
      assertThat(plan.toString())
          .as(plan.getClass().getName())
          .matches("plan: [a-z]+ [^\\n\\[\\]=]+\\. run\\(\\) does it(, .*)?\\.");
    }
    assertThat(plot(1).toString()).isEqualTo("plan: plot the curve of run 1. run() does it.");
    assertThat(plot(1, 2).metric("loss").toString())
        .isEqualTo("plan: plot the loss of runs 1, 2. run() does it.");
    assertThat(reproduce("benchmarks").only("Acrobot").toString())
        .isEqualTo(
            "plan: reproduce benchmarks at unit size, only Acrobot. run() does it, explain() says more.");
  }

  /** Whatever has a {@code run()} without arguments there is a plan. */
  @Test
  void noPlanIsForgotten() {
    Set<String> found = new TreeSet<>();
    for (JavaClass each :
        new ClassFileImporter()
            .importUrl(Retort.class.getProtectionDomain().getCodeSource().getLocation())) {
      boolean runs =
          each.getAllMethods().stream()
              .anyMatch(
                  method ->
                      method.getName().equals("run")
                          && method.getRawParameterTypes().isEmpty()
                          && method.getModifiers().contains(JavaModifier.PUBLIC)
                          && !method.getModifiers().contains(JavaModifier.STATIC));
      boolean isPlan =
          runs
              && ROOMS.contains(each.getPackageName())
              && each.getModifiers().contains(JavaModifier.PUBLIC)
              && !each.isInterface();
      if (isPlan) {
        found.add(each.getName());
      }
    }
    Set<String> shown =
        plans().stream()
            .map(plan -> plan.getClass().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(shown).isEqualTo(found);
  }
}
