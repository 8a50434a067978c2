package dev.retort.paper.catalogue;

import static dev.retort.Retort.dqn;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.sac;

import dev.retort.data.View;
import dev.retort.figure.Figure;
import dev.retort.figure.Panels;
import dev.retort.paper.Parts;
import dev.retort.paper.Registration;
import dev.retort.paper.Scale;
import dev.retort.paper.Study;
import dev.retort.space.Mirror;
import dev.retort.space.Rotations;
import java.util.List;

/**
 * Every loss and every loop of policy distillation on CartPole and on Reacher: one teacher for all,
 * the same number of environment steps, ten seeds of each.
 *
 * <p>Runs are ranked by the mean return of their greedy actions, beside the environment steps that
 * they took and the labels that the teacher gave. See the package for what is compared.
 */
public final class Catalogue implements Study {
  static final Registration FIXED = Registration.of(Catalogue.class);

  private static final List<Course> COURSES =
      List.of(
          new Course(
              "CartPole",
              "CartPole",
              ppo("CartPole"),
              dqn("CartPole").hidden(64, 64).nStep(FIXED.count("CartPole steps of a return")),
              new Mirror(2),
              View.numbers(0, 2)),
          new Course(
              "Reacher",
              "Reacher-C4",
              ppo("Reacher-C4"),
              sac().hidden(64, 64).batchSize(64).trainEvery(4),
              new Rotations(16),
              View.numbers(0, 1, 4, 5)));

  @Override
  public String name() {
    return "catalogue";
  }

  @Override
  public String title() {
    return "The classical catalogue of policy distillation";
  }

  @Override
  public List<Course> parts() {
    return COURSES;
  }

  @Override
  public Figure picture(List<Figure> figures) {
    return new Panels("Losses and loops of policy distillation, 95 % intervals", 2, figures);
  }

  @Override
  public String explain(Scale scale, Parts chosen) {
    return Study.super.explain(scale, chosen)
        + "\n\n%s seeds of every arm, with episodes of their own"
            .formatted(FIXED.count("seeds", scale));
  }

  @Override
  public List<String> foreword() {
    return List.of(
        "Every loop is a reconstruction in our words; no number of their papers is for these tasks.",
        "Environment steps and labels are those of one run. A label is an answer of the teacher to a state; an agent that learns from a memory asks again whenever it replays.");
  }
}
