package dev.retort.run;

import com.google.gson.JsonObject;
import dev.retort.option.Traits;
import dev.retort.store.Tensors;
import java.util.Optional;

/**
 * A computation that can be carried by a run: a plan made concrete.
 *
 * @param <R> what it gives
 */
public interface Job<R> {
  /**
   * What kind of work it is: {@code train}, {@code collect}, {@code distill}, {@code fit}, {@code
   * dagger}, {@code evaluate} or {@code extract}.
   */
  String kind();

  /** One line for tables: {@code PPO on CartPole, 10 seeds}. */
  String title();

  /**
   * What tells it from other jobs of its kind: the algorithm or the loss, the seed, and the
   * settings that differ from the defaults.
   */
  default Traits traits() {
    return Traits.none();
  }

  /** All that decides its numbers, enough to build it again; becomes {@code spec.json}. */
  JsonObject spec();

  /**
   * What the numbers depend on beside the spec: data, policies. Kept in the run's folder as {@code
   * inputs.safetensors}, so that the job can be built again.
   */
  default Tensors inputs() {
    return new Tensors();
  }

  /**
   * Why the spec alone does not decide the numbers, so that a run of the same spec has to be done
   * again, such as {@code policy 'mine' is code, which cannot be compared}; empty where it does: it
   * names the content of all inputs, or there are none.
   */
  default Optional<String> undetermined() {
    return inputs().all().isEmpty()
        ? Optional.empty()
        : Optional.of("its spec does not name the content of its inputs");
  }

  /**
   * How people go on with a run of it that has stopped, such as {@code resume it with resume(3)};
   * it promises only what resume keeps.
   *
   * @param run the run's number
   */
  default String resuming(int run) {
    return "resume it with resume(%s)".formatted(run);
  }

  /** The columns of its curve beyond {@code step} and {@code member}. */
  String[] columns();

  /** How many steps it takes in all, in the unit that {@link #unit()} names. */
  long total();

  /** What a step is: {@code environment steps}, {@code updates}, {@code episodes}. */
  String unit();

  /** Does the work. */
  R execute(Session session);

  /** The result as arrays, to be kept in the run's folder as {@code result.safetensors}. */
  Tensors keep(R result);
}
