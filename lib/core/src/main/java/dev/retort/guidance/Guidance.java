package dev.retort.guidance;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Density;
import dev.retort.distribution.Distribution;
import dev.retort.env.Env;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.option.Settings;
import dev.retort.space.Discrete;
import dev.retort.space.Perception;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a learner is given of solved tasks, and how it uses it: an immutable value, such as {@code
 * dqInit(prior).knownAfter(300)} or {@code kickstart(teacher)}.
 */
public sealed interface Guidance permits DqInit, WarmStart, JumpStart, Kickstart, ResidualGuide {
  /** Part of a run's inputs in which a further guidance stands. */
  String MORE = "more";

  /**
   * A learner as far as a guidance may ask what it is.
   *
   * @param algorithm such as {@code DQN}
   * @param env where it learns
   * @param distribution of what it acts by: action values, probabilities, normal distributions
   * @param network what is guided
   * @param discount γ
   * @param normalizes whether its network sees or earns normalized numbers
   * @param sees what its network sees of an observation
   * @param adopts whether it sees by running statistics that can go on from those of a policy
   */
  record Learning(
      String algorithm,
      Env env,
      Distribution distribution,
      Blueprint network,
      double discount,
      boolean normalizes,
      Perception sees,
      boolean adopts) {
    /** A learner whose network sees everything, by no statistics but its own. */
    public Learning(
        String algorithm,
        Env env,
        Distribution distribution,
        Blueprint network,
        double discount,
        boolean normalizes) {
      this(
          algorithm,
          env,
          distribution,
          network,
          discount,
          normalizes,
          Selection.all(env.observations()),
          false);
    }

    /** The same learner, whose network sees a part, and may adopt a policy's statistics. */
    public Learning seeing(Perception part, boolean byStatistics) {
      return new Learning(
          algorithm, env, distribution, network, discount, normalizes, part, byStatistics);
    }

    /** Whether it learns values of discrete choices, by which it acts. */
    boolean isOfValues() {
      return distribution instanceof ActionValues;
    }

    /** Whether it learns from rollouts, by the probabilities of what it does. */
    boolean isOfRollouts() {
      return distribution instanceof Density;
    }

    /** Refuses, in a guidance's name, a learner of anything but action values as they are. */
    void requireValues(String who) {
      if (!isOfValues()) {
        throw new RetortException(
            "%s: expected a learner of action values, got %s. Use dqn()."
                .formatted(who, algorithm));
      }
      if (!sees.isAll()) {
        throw new RetortException(
            "%s: expected a learner that sees all of its observations, got one that sees %s. Leave seeing(..) out."
                .formatted(who, sees));
      }
      if (normalizes) {
        throw new RetortException(
            "%s: expected observations and rewards as they are, got normalized ones. Leave normalized() out."
                .formatted(who));
      }
    }
  }

  /**
   * What is guided: a group of members of one population.
   *
   * @param learning what each of them is
   * @param seeds one a member
   * @param copies of the environment that each member acts in
   * @param steps how long the training lasts
   * @param places where each row is that is acted on, for messages, such as {@code seed 7, episode
   *     3, step 6}
   * @param replays where each row that is learned from was met, {@code (members, batch)}
   */
  record Learners(
      Learning learning,
      List<Long> seeds,
      int copies,
      long steps,
      IntFunction<String> places,
      IntFunction<String> replays) {
    /** Where they learn. */
    public Env env() {
      return learning.env();
    }

    /** Number of choices, where actions are choices. */
    int choices() {
      return ((Discrete) env().actions()).n();
    }

    /** Layers of the networks. */
    Architecture network() {
      return learning.network().architecture();
    }
  }

  /** What tables and legends call it. */
  String name();

  /** What is set. */
  Settings settings();

  /** The same with other settings. */
  Guidance with(Settings other);

  /** What to say of it in an environment: that what it knows was made for another one. */
  List<String> cautions(Env env);

  /** What it knows: tables, networks. */
  Tensors knowledge();

  /** Refuses a learner that it cannot guide. */
  void require(Learning learning);

  /** Whether it gives rewards of its own, from which is learned where the task's do not count. */
  default boolean rewards() {
    return false;
  }

  /** Whether there is something to learn from it where nothing is rewarded. */
  default boolean teaches() {
    return rewards();
  }

  /** Actions that a guided learner itself gives, where these are those of the environment. */
  default Space own(Space actions) {
    return actions;
  }

  /** Whether no guidance may stand beside it but what says how training begins. */
  default boolean isAlone() {
    return false;
  }

  /** Whether it says with which parameters training begins, and nothing after that. */
  default boolean isBeginning() {
    return false;
  }

  /** Columns that it adds to a curve. */
  default List<String> columns() {
    return List.of();
  }

  /** Begins to guide. */
  Companion companion(Learners learners);

  /** All of it, to be kept with a run. */
  default Tensors tensors() {
    byte[] settings = settings().json().toString().getBytes(StandardCharsets.UTF_8);
    byte[] kind = settings().schema().owner().getBytes(StandardCharsets.UTF_8);
    return new Tensors()
        .put("guidance", kind)
        .put("settings", settings)
        .putAll("knowledge", knowledge());
  }

  /** All of several, to be kept with a run. */
  static Tensors tensors(List<Guidance> all) {
    Tensors tensors = all.isEmpty() ? new Tensors() : all.get(0).tensors();
    for (int i = 1; i < all.size(); i++) {
      tensors.putAll(MORE + i, all.get(i).tensors());
    }
    return tensors;
  }

  /** Reads what {@link #tensors(List)} gave. */
  static List<Guidance> list(Tensors saved) {
    List<Guidance> all = new ArrayList<>();
    if (saved.has("guidance")) {
      all.add(of(saved));
    }
    for (int i = 1; saved.part(MORE + i).has("guidance"); i++) {
      all.add(of(saved.part(MORE + i)));
    }
    return all;
  }

  /** Reads what {@link #tensors()} gave. */
  static Guidance of(Tensors saved) {
    String kind = new String(saved.bytes("guidance"), StandardCharsets.UTF_8);
    String settings = new String(saved.bytes("settings"), StandardCharsets.UTF_8);
    Tensors knowledge = saved.part("knowledge");
    return switch (kind) {
      case "dqInit" -> DqInit.of(settings, knowledge);
      case "warmStart" -> WarmStart.of(settings, knowledge);
      case "jumpStart" -> JumpStart.of(settings, knowledge);
      case "kickstart" -> Kickstart.of(settings, knowledge);
      case "residual" -> ResidualGuide.of(settings, knowledge);
      default ->
          throw new RetortException(
              "guidance: expected dqInit, warmStart, jumpStart, kickstart or residual, got '"
                  + kind
                  + "'.");
    };
  }
}
