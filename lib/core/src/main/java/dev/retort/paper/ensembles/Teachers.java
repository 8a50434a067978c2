package dev.retort.paper.ensembles;

import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.env.reach.Reacher;
import dev.retort.env.reach.ReacherTeacher;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import java.util.Arrays;

/**
 * The scripted teachers of Reacher, which have to be exact before anything is learned from them.
 */
final class Teachers {
  private static final double ROUNDING = 1e-5;

  private Teachers() {}

  /** The authors' controller, which sees the arm as one group of rotations shows it. */
  static Policy handcrafted(Reacher arm) {
    return Scripted.of("handcrafted teacher", arm, ReacherTeacher::handcrafted);
  }

  /** A feedback law, which reaches from any pose. */
  static Policy closedLoop(String name, Reacher arm) {
    return Scripted.of(name, arm, ReacherTeacher::closedLoop);
  }

  /** Whether the handcrafted teacher returns what it should, in as many steps. */
  static Finding exact(Scale scale) {
    double published = FIXED.number("teacher returns");
    int steps = FIXED.count("teacher steps");
    Reacher sweep = new Reacher().symmetry(4).narrowed(Reacher.Part.SWEEP, 360);
    double[] returns = Measured.returns(handcrafted(sweep), sweep);
    boolean exact = Arrays.stream(returns).allMatch(each -> Math.abs(each - published) <= ROUNDING);
    int shown = ReacherPool.of(Recipe.TEXT, 4, Scale.UNIT).plans().get(0).data().size();
    return Measured.of("handcrafted teacher", "return, mean of 360 rotations", returns)
        .published(published)
        .how("steps in four rotations", shown)
        .judged(
            scale,
            "%s in %s steps, in every rotation".formatted(published, steps),
            exact && shown == 4 * steps);
  }

  /** How many poses the closed-loop teacher solves. */
  static Finding solving(Scale scale) {
    Reacher poses = new Reacher().seeing(Reacher.Sight.VELOCITIES).test(200);
    Policy closed = closedLoop("closed loop", poses);
    double solved =
        Arrays.stream(Measured.returns(closed, poses)).filter(each -> each >= 1).count();
    return Measured.of("closed-loop teacher", "poses of 200 that it solves", solved)
        .judged(scale, FIXED.bound("poses solved", scale));
  }
}
