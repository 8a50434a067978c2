package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.run.Session;
import java.util.List;

/** REINFORCE with a baseline, Ronald J. Williams, 1992: an algorithm of a user's own. */
public record Reinforce(Settings settings, List<Guidance> guidance)
    implements Accompanied<Reinforce> {
  static final Schema OPTIONS = new Schema("reinforce").endingWith(COMPANY);
  static final Option<Long> STEPS = OPTIONS.whole("steps", 50_000L).from(1).says("length");
  static final Option<Double> GAMMA = OPTIONS.real("gamma", 0.99).from(0, 1).says("discount");
  static final Option<Double> RATE = OPTIONS.real("learning-rate", 0.003).from(0).says("of Adam");

  public Reinforce() {
    this(OPTIONS.standard(), List.of());
  }

  @Override
  public String name() {
    return "REINFORCE";
  }

  @Override
  public Reinforce with(Settings other, List<Guidance> given) {
    return new Reinforce(other, given);
  }

  @Override
  public long steps() {
    return get(STEPS);
  }

  @Override
  public Reinforce steps(long steps) {
    return with(STEPS, steps);
  }

  @Override
  public double gamma() {
    return get(GAMMA);
  }

  @Override
  public Learner learner(Env env, long[] seeds) {
    return new RolloutLearner(this, env, seeds, 64) {
      @Override
      protected void iterate(Session session) {
        rollout.play(session);
        float[] advantage = rollout.advantages(gamma(), 1);
        rollout.pass(
            session,
            rollout.perMember,
            descent,
            get(RATE),
            batch -> {
              for (int i = 0; i < batch.size; i++) {
                double a = advantage[batch.row(i)];
                double error = batch.value(i) - rollout.value[batch.row(i)] - a;
                batch.addPolicyGradient(i, -a / batch.size, 0);
                batch.addValueGradient(i, error / batch.size);
              }
            });
        step += rollout.perMember;
      }
    };
  }
}
