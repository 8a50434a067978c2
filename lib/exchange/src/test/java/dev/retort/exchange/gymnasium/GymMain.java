package dev.retort.exchange.gymnasium;

import dev.retort.Retort;
import dev.retort.env.Env;
import dev.retort.random.RandomStream;

/** Plays an environment of Gymnasium until somebody ends it; its arguments are its name and how. */
final class GymMain {
  static final String PYTHON = "python ";

  private GymMain() {}

  public static void main(String[] args) {
    Env env = Retort.env(args[0]);
    double[] state = new double[env.stateSize()];
    env.reset(state, RandomStream.at(0));
    long python = ProcessHandle.current().children().findFirst().orElseThrow().pid();
    System.out.println(PYTHON + python);
    while (args[1].equals("wait")) {
      env.step(state, new float[] {0}, RandomStream.at(0));
      env.reset(state, RandomStream.at(0));
    }
  }
}
