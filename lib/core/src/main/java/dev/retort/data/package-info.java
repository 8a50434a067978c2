/**
 * Data that checks itself: what a behavior policy saw and did, and what the teacher would have
 * done.
 *
 * <p>A {@link dev.retort.data.Dataset} is frozen. It keeps terminated and truncated apart, keeps
 * the true final observation of every episode, and records the teacher's outputs at every state
 * whoever acted there, so that one dataset serves behavior cloning and distillation alike:
 *
 * <pre>{@code
 * Dataset data = collect(20_000).from(teacher).on(env).exploring(epsilon(0.1)).seed(1).run();
 * data.columns();                              // observation, action, reward, teacher.logits
 * data.column("teacher.logits").at(0, 1);
 * Dataset good = data.where(episode -> episode.total() > 100 && episode.task() == 0);
 * data.save(Path.of("cartpole-20k.safetensors"));
 * }</pre>
 *
 * <p>A {@link dev.retort.data.View} is how somebody sees a row: some parts of the observation, or a
 * window of the steps before.
 *
 * <p>Depends on {@code space}, {@code store} and {@code policy}.
 */
package dev.retort.data;
