package dev.retort.run;

/** Carries a toy job under the kill harness; its arguments are seed, steps and work. */
final class ToyMain {
  private ToyMain() {}

  public static void main(String[] args) {
    KillHarness.carry(
        args,
        (own, marker) ->
            marker.marking(
                new ToyJob(Long.parseLong(own.get(0)), Long.parseLong(own.get(1)))
                    .marking(Integer.parseInt(own.get(2)), marker::enter)),
        RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(3)));
  }
}
