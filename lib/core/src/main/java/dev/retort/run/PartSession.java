package dev.retort.run;

import dev.retort.figure.Figure;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The session of a part of a longer computation; see {@link Session#part}. */
final class PartSession implements Session {
  private static final String STATE = "state";
  private static final String CURVE = "curve";

  private final Session whole;
  private final Optional<Tensors> resumed;
  private final LongUnaryOperator steps;
  private final UnaryOperator<Tensors> all;
  private final Curve curve;

  PartSession(
      Session whole,
      Optional<Tensors> saved,
      LongUnaryOperator steps,
      UnaryOperator<Tensors> all,
      String... columns) {
    this.whole = whole;
    this.resumed = saved.map(from -> from.part(STATE));
    this.steps = steps;
    this.all = all;
    this.curve = new Curve(columns);
    saved.ifPresent(from -> curve.restore(from.doubles(CURVE)));
  }

  @Override
  public Optional<Tensors> resumed() {
    return resumed;
  }

  @Override
  public void check() {
    whole.check();
  }

  @Override
  public void boundary(long step, Supplier<Tensors> state) {
    whole.boundary(
        steps.applyAsLong(step),
        () -> all.apply(new Tensors().putAll(STATE, state.get()).put(CURVE, curve.values())));
  }

  @Override
  public Curve curve() {
    return curve;
  }

  @Override
  public void show(Supplier<List<Figure>> pictures) {
    whole.show(pictures);
  }
}
