package example;

import static dev.retort.Retort.*;

import dev.retort.env.Env;
import dev.retort.policy.Policy;
import java.nio.file.Path;

/** A program of its own: solves a small maze, and scores and saves what solves it. */
final class Corridor {
  public static void main(String[] args) {
    Env lake = env("FrozenLake");
    Policy best = solve(lake).discount(0.99).run().policy();
    double score = evaluate(best).on(lake).episodes(200).seed(1).run().rows().get(0).meanReturn();
    best.save(Path.of(args[0]));
    System.out.println(score > 0.6 ? "solved" : "not solved: " + score);
  }
}
