package dev.retort.guidance;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.nn.Architecture;
import dev.retort.option.Settings;
import dev.retort.store.Tensors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a value learner is given of solved tasks, and how it uses it: an immutable value, such as
 * {@code dqInit(prior).knownAfter(300)}.
 */
public sealed interface Guidance permits DqInit, WarmStart, JumpStart, Kickstart {
  /**
   * What is guided: a group of members of one population.
   *
   * @param env where they learn
   * @param seeds one a member
   * @param choices how many actions there are
   * @param network the learner's
   * @param steps how long the training lasts
   * @param places where each member is, for messages, such as {@code seed 7, episode 3, step 6}
   * @param replays where each row that is learned from was met, {@code (members, batch)}
   */
  record Learners(
      Env env,
      List<Long> seeds,
      int choices,
      Architecture network,
      long steps,
      IntFunction<String> places,
      IntFunction<String> replays) {}

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

  /**
   * Refuses an environment or a learner that it cannot guide.
   *
   * @param discount the learner's γ
   * @param network the learner's, as far as it can be replaced; its outputs are plain values
   */
  void require(Env env, double discount, Architecture network);

  /** Begins to guide. */
  Guide guide(Learners learners);

  /** All of it, to be kept with a run. */
  default Tensors tensors() {
    byte[] settings = settings().json().toString().getBytes(StandardCharsets.UTF_8);
    byte[] kind = settings().schema().owner().getBytes(StandardCharsets.UTF_8);
    return new Tensors()
        .put("guidance", kind)
        .put("settings", settings)
        .putAll("knowledge", knowledge());
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
      default ->
          throw new RetortException(
              "guidance: expected dqInit, warmStart, jumpStart or kickstart, got '" + kind + "'.");
    };
  }
}
