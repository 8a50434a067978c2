package dev.retort.run;

import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.distill.Distillation;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.nn.Architecture;
import dev.retort.nn.Gru;
import dev.retort.nn.ImageCnn;
import dev.retort.nn.Mlp;
import dev.retort.nn.ResidualCnn;
import dev.retort.nn.Transformer;
import dev.retort.plan.Distilling;
import dev.retort.plan.Training;
import dev.retort.policy.Scripted;
import dev.retort.teach.Dqn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Learns in its own JVM and prints ten times on the way what memory is in use, in KB: heap after a
 * collection, what of the process is resident, and what of the heap the curve must take.
 */
final class MemoryMain {
  private static final int LOOKS = 10;

  private MemoryMain() {}

  /** Takes the kind of learning and how many updates. */
  public static void main(String[] args) {
    int updates = Integer.parseInt(args[1]);
    Job<?> job =
        switch (args[0]) {
          case "dqn" -> dqn(updates);
          case "transformer" -> distill(updates, new Transformer(4, 1, 2), View.window(3));
          case "gru" -> distill(updates, new Gru(3), View.window(3));
          case "cnn" -> distill(updates, "FourRooms", new ResidualCnn(1, List.of()), View.all());
          case "image" -> distill(updates, "FourRooms", image(), View.all());
          default -> distill(updates, Mlp.of(4), View.all());
        };
    Object unused = job.execute(new Looking(job.columns(), updates / LOOKS));
  }

  private static Job<?> dqn(int updates) {
    Dqn learner = new Dqn().hidden(4).warmUp(16).batchSize(4).memory(64).trainEvery(1).updates(1);
    return new Training(learner.steps(updates), Environments.get("CartPole"), 1).job();
  }

  private static ImageCnn image() {
    return ImageCnn.of(List.of(1)).hidden(2);
  }

  private static Job<?> distill(int updates, Architecture network, View view) {
    return distill(updates, "CartPole", network, view);
  }

  private static Job<?> distill(int updates, String name, Architecture network, View view) {
    Env env = Environments.get(name);
    Scripted teacher = Scripted.of("rule", env, (seen, action) -> action[0] = seen[2] > 0 ? 1 : 0);
    Dataset data =
        new Collector(teacher, env, new Behavior.Epsilon(0.3), 40, 1)
            .run(Session.unwatched("return", "length"));
    Distillation small = new Distillation().members(1).into(network).batchSize(4).seeing(view);
    return new Distilling(small.epochs(updates / 10), List.of(), data, 2).job();
  }

  /** Looks at the memory after every so many updates; a checkpoint's state is asked for, too. */
  private static final class Looking extends DelegatedSession {
    private final int every;
    private int checks;

    Looking(String[] columns, int every) {
      super(Session.unwatched(columns));
      this.every = every;
    }

    @Override
    public void check() {
      if (++checks % every == 0) {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long recorded = (long) curve().rows() * curve().columns().size() * Double.BYTES;
        System.out.println((heap >> 10) + " " + resident() + " " + (recorded >> 10));
      }
    }

    private static long resident() {
      try {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
