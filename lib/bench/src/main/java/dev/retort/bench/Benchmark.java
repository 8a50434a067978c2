package dev.retort.bench;

import dev.retort.UnknownNameException;
import java.util.List;

/** The benchmarks, by the names under which {@code ./retort bench} knows them. */
public enum Benchmark {
  /** CartPole steps a second on one core. */
  ENV_CARTPOLE("env-cartpole"),
  /** Steps a second of every environment on one core. */
  ENVIRONMENTS("environments"),
  /**
   * Steps a second where copies are dealt to cores, and on one core, of a dear and a cheap step.
   */
  ENV_DEALT("env-dealt"),
  /** PPO on CartPole: environment steps a second, learning included, of one seed and of ten. */
  PPO_CARTPOLE("ppo-cartpole"),
  /** The same with 4 copies of 128 steps, in 4 passes over 4 minibatches. */
  PPO_CARTPOLE_SMALL("ppo-cartpole-small"),
  /** DQN on CartPole, likewise. */
  DQN_CARTPOLE("dqn-cartpole"),
  /** TD3 on Pendulum, with one update for every two steps. */
  TD3_PENDULUM("td3-pendulum"),
  /** SAC on Pendulum, with one update for every step. */
  SAC_PENDULUM("sac-pendulum"),
  /** One update of each algorithm. */
  UPDATES("updates"),
  /** One update of each architecture, by members and batch size. */
  ARCHITECTURES("architectures"),
  /** Behavior cloning: samples a second of one student. */
  CLONING("cloning"),
  /** Actions of a policy, by batch size. */
  ACTING("acting"),
  /** One update of an ensemble of students. */
  DISTILL_ENSEMBLE("distill-ensemble"),
  /** Whole distillations of 1 to 10,000 students; takes minutes without a GPU. */
  POPULATIONS("populations"),
  /** The machine's largest rate of arithmetic, to hold the others against. */
  MATRIX_PRODUCT("matrix-product");

  private final String word;

  Benchmark(String word) {
    this.word = word;
  }

  /** The name as it is typed. */
  public String word() {
    return word;
  }

  /** Those that are measured together. */
  public static List<Benchmark> usual() {
    return List.of(values()).stream().filter(benchmark -> benchmark != POPULATIONS).toList();
  }

  /** All names. */
  public static List<String> words() {
    return List.of(values()).stream().map(Benchmark::word).toList();
  }

  /** The benchmark of that name. */
  public static Benchmark named(String name) {
    return List.of(values()).stream()
        .filter(benchmark -> benchmark.word.equals(name))
        .findFirst()
        .orElseThrow(() -> new UnknownNameException("benchmark", name, words()));
  }

  /** Measures. */
  public Report run() {
    return switch (this) {
      case ENV_CARTPOLE -> Stepping.cartPole();
      case ENVIRONMENTS -> Stepping.every();
      case ENV_DEALT -> Dealt.report();
      case PPO_CARTPOLE -> TrainingBench.ppo();
      case PPO_CARTPOLE_SMALL -> TrainingBench.ppoSmall();
      case DQN_CARTPOLE -> TrainingBench.dqn();
      case TD3_PENDULUM -> TrainingBench.td3();
      case SAC_PENDULUM -> TrainingBench.sac();
      case UPDATES -> UpdateBench.report();
      case ARCHITECTURES -> ArchitectureBench.report();
      case CLONING -> Cloning.report();
      case ACTING -> ActingBench.report();
      case DISTILL_ENSEMBLE -> EnsembleBench.report();
      case POPULATIONS -> Populations.report();
      case MATRIX_PRODUCT -> MatrixProduct.report();
    };
  }
}
