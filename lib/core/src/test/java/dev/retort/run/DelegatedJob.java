package dev.retort.run;

import com.google.gson.JsonObject;
import dev.retort.store.Tensors;

/** A job that is another one, but for what a test changes. */
class DelegatedJob<R> implements Job<R> {
  private final Job<R> job;

  DelegatedJob(Job<R> job) {
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
  public JsonObject spec() {
    return job.spec();
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
