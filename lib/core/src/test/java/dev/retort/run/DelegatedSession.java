package dev.retort.run;

import dev.retort.store.Tensors;
import java.util.Optional;
import java.util.function.Supplier;

/** A session that is another one, but for what a test changes. */
class DelegatedSession implements Session {
  private final Session session;

  DelegatedSession(Session session) {
    this.session = session;
  }

  @Override
  public Optional<Tensors> resumed() {
    return session.resumed();
  }

  @Override
  public void check() {
    session.check();
  }

  @Override
  public void boundary(long step, Supplier<Tensors> state) {
    session.boundary(step, state);
  }

  @Override
  public Curve curve() {
    return session.curve();
  }
}
