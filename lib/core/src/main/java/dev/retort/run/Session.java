package dev.retort.run;

import dev.retort.figure.Figure;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a computation sees of the run that carries it: where to go on from, when to stop, whom to
 * tell.
 *
 * <p>The pattern of every algorithm:
 *
 * <pre>{@code
 * session.resumed().ifPresent(this::restore);
 * while (step < steps) {
 *   session.check();            // at every environment step and update
 *   ...
 *   session.curve().add(step, ...);
 *   session.boundary(step, this::save);
 * }
 * }</pre>
 *
 * <p>Nothing here changes a number of the computation: not when checkpoints are due, not who
 * listens.
 */
public interface Session {
  /** The state to go on from, where the run was resumed. */
  Optional<Tensors> resumed();

  /**
   * Throws {@link Stopped} if the run has been asked to stop and the computation did not reach a
   * boundary in the grace time; costs one volatile read.
   */
  void check();

  /**
   * Marks a moment at which {@code state} is all there is to know, after {@code step} of the total
   * steps. A checkpoint is written where one is due; if the run has been asked to stop, it is
   * written in any case and {@link Stopped} is thrown.
   */
  void boundary(long step, Supplier<Tensors> state);

  /**
   * The rows that the run has recorded so far; part of every checkpoint, and of {@code curve.csv}.
   */
  Curve curve();

  /**
   * Offers pictures of what is being learned, for whoever watches; they are drawn at most once a
   * second, and only where somebody could see them.
   */
  default void show(Supplier<List<Figure>> pictures) {}

  /**
   * A part of the computation as a session of its own, with a curve of its own: its boundaries are
   * boundaries of the whole.
   *
   * <pre>{@code
   * Session part = session.part(within, step -> done + step, own -> save().putAll("within", own), "loss");
   * }</pre>
   *
   * @param saved what {@code whole} was given at the boundary that the run goes on from; empty
   *     where the part begins
   * @param step the step of the whole that a step of the part is
   * @param whole makes all there is to know of the whole of all there is to know of the part
   * @param columns of the part's curve beyond {@code step} and {@code member}
   */
  default Session part(
      Optional<Tensors> saved,
      LongUnaryOperator step,
      UnaryOperator<Tensors> whole,
      String... columns) {
    return new PartSession(this, saved, step, whole, columns);
  }

  /** A session that nobody watches, stops, or saves: for tests and for work inside other work. */
  static Session unwatched(String... columns) {
    Curve curve = new Curve(columns);
    return new Session() {
      @Override
      public Optional<Tensors> resumed() {
        return Optional.empty();
      }

      @Override
      public void check() {}

      @Override
      public void boundary(long step, Supplier<Tensors> state) {}

      @Override
      public Curve curve() {
        return curve;
      }
    };
  }
}
