package dev.retort.run;

import com.google.gson.JsonObject;
import dev.retort.option.Traits;
import dev.retort.store.Tensors;
import java.util.Optional;

/**
 * A job that is another one, but for what is overridden.
 *
 * @param <R> what it gives
 */
public abstract class DelegatedJob<R> implements Job<R> {
  private final Job<R> job;

  /** A job that does all that another one does. */
  protected DelegatedJob(Job<R> job) {
    this.job = job;
  }

  @Override
  public String kind() {
    return job.kind();
  }

  @Override
  public String title() {
    return job.title();
  }

  @Override
  public Traits traits() {
    return job.traits();
  }

  @Override
  public JsonObject spec() {
    return job.spec();
  }

  @Override
  public Tensors inputs() {
    return job.inputs();
  }

  @Override
  public Optional<String> undetermined() {
    return job.undetermined();
  }

  @Override
  public String resuming(int run) {
    return job.resuming(run);
  }

  @Override
  public String[] columns() {
    return job.columns();
  }

  @Override
  public long total() {
    return job.total();
  }

  @Override
  public String unit() {
    return job.unit();
  }

  @Override
  public R execute(Session session) {
    return job.execute(session);
  }

  @Override
  public Tensors keep(R result) {
    return job.keep(result);
  }
}
