package dev.retort.dagger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.run.Curve;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Saves what there is at one boundary and goes no further. */
final class Interrupted implements Session {
  /** What it throws there. */
  static final class Over extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final Curve curve;
  private final Optional<Interrupted> before;
  private final int last;
  private int boundaries;
  private long step;
  private Tensors state = new Tensors();

  private Interrupted(List<String> columns, Optional<Interrupted> before, int last) {
    this.curve = new Curve(columns.toArray(String[]::new));
    this.before = before;
    this.last = last;
    before.ifPresent(from -> curve.restore(from.curve.values()));
  }

  /** One that goes through. */
  Interrupted(List<String> columns) {
    this(columns, Integer.MAX_VALUE);
  }

  /** One that stops at a boundary, counted from 1. */
  Interrupted(List<String> columns, int last) {
    this(columns, Optional.empty(), last);
  }

  /** One that goes on from there, through. */
  Interrupted resuming() {
    return new Interrupted(
        curve.columns().subList(2, curve.columns().size()), Optional.of(this), Integer.MAX_VALUE);
  }

  /** How many there were. */
  int boundaries() {
    return boundaries;
  }

  @Override
  public Optional<Tensors> resumed() {
    return before.map(from -> from.state);
  }

  @Override
  public void check() {}

  @Override
  public void boundary(long reached, Supplier<Tensors> saved) {
    assertThat(reached).isGreaterThanOrEqualTo(step);
    step = reached;
    if (++boundaries == last) {
      state = saved.get();
      throw new Over();
    }
  }

  @Override
  public Curve curve() {
    return curve;
  }
}
