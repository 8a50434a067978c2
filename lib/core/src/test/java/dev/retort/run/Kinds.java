package dev.retort.run;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.decisionTransformer;
import static dev.retort.Retort.delayedQ;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dna;
import static dev.retort.Retort.dqInit;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.epsilon;
import static dev.retort.Retort.es;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.exploreGo;
import static dev.retort.Retort.fit;
import static dev.retort.Retort.gru;
import static dev.retort.Retort.iter;
import static dev.retort.Retort.jumpStart;
import static dev.retort.Retort.kickstart;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.mse;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.qLearning;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.rMax;
import static dev.retort.Retort.residual;
import static dev.retort.Retort.sac;
import static dev.retort.Retort.td3;
import static dev.retort.Retort.transformer;
import static dev.retort.Retort.uniform;
import static dev.retort.Retort.warmStart;

import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.distill.Loss;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.loss.Pinball;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import dev.retort.nn.Graph;
import dev.retort.nn.Node;
import dev.retort.option.Schedule;
import dev.retort.plan.Plan;
import dev.retort.plan.Training;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.RandomPolicy;
import dev.retort.prior.QPrior;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Algorithms;
import dev.retort.teach.DecisionTransformer;
import dev.retort.teach.Dqn;
import dev.retort.teach.Ppo;
import dev.retort.teach.Reinforce;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A tiny plan of every kind of run that there is. */
final class Kinds {
  private static final Dqn VALUES =
      dqn().steps(800).hidden(8, 8).warmUp(100).trainEvery(40).updates(60).memory(500);

  private Kinds() {}

  /**
   * A plan under the name of each kind, the same in every process.
   *
   * @param marked what is done with every environment in which a plan acts
   */
  static Map<String, Plan<?>> plans(UnaryOperator<Env> marked) {
    Algorithms.register(new Reinforce());
    Architectures.register(new Skipping(6));
    Env plain = Environments.get("CartPole");
    Env cart = marked.apply(plain);
    Env plainSwing = Environments.get("Pendulum");
    Env swing = marked.apply(plainSwing);
    Policy table = now(train(bins(qLearning().steps(300)), plain));
    NetworkPolicy values = (NetworkPolicy) now(train(VALUES.steps(200), plain));
    NetworkPolicy teacher = (NetworkPolicy) now(train(ppo().steps(256).hidden(8, 8), plain));
    QPrior prior = now(qPrior(table).on(plain).bins(3).steps(200).clipping());
    Dataset data = now(collect(300).from(teacher).on(plain).exploring(epsilon(0.3)).seed(1));
    Map<String, Plan<?>> plans = new LinkedHashMap<>();
    plans.put(
        "PPO",
        train(
                ppo()
                    .steps(1_280)
                    .hidden(8, 8)
                    .environments(4)
                    .rollout(16)
                    .batchSize(16)
                    .epochs(8)
                    .exploreGo(5)
                    .countBonus(0.1)
                    .normalized(),
                cart)
            .seeds(3));
    Ppo every =
        ppo()
            .steps(1_280)
            .hidden(8, 8)
            .environments(4)
            .rollout(16)
            .batchSize(16)
            .epochs(4)
            .seeing(View.numbers(0, 2))
            .normalized();
    NetworkPolicy half = (NetworkPolicy) now(train(every.steps(256), plainSwing));
    plans.put(
        "PPO, all at once",
        train(
                every
                    .adaptiveRate(0.01)
                    .valueClip(0.2)
                    .initialDeviation(0.5)
                    .bootstrapTimeOuts(false)
                    .stagger(50)
                    .guidedBy(warmStart(half).zeroed(true)),
                swing)
            .seeds(3));
    plans.put(
        "DNA",
        train(dna().steps(1_280).hidden(8, 8).environments(4).rollout(16).batchSize(16), cart));
    plans.put("ITER", train(iter().steps(1_280).period(320).transfer(0.5), cart).seeds(2));
    View window = View.window(3, View.numbers(0, 2));
    plans.put(
        "PPO over windows",
        train(
                ppo()
                    .steps(1_280)
                    .network(gru(4))
                    .seeing(window)
                    .criticSeeing(window)
                    .environments(4)
                    .rollout(16)
                    .batchSize(16)
                    .epochs(4)
                    .normalized(),
                cart)
            .seeds(2));
    plans.put(
        "JumpStart PPO",
        train(ppo().steps(1_280).hidden(8, 8).guidedBy(jumpStart(table)), cart).seeds(2));
    plans.put(
        "Kickstart PPO",
        train(
                ppo()
                    .steps(1_280)
                    .hidden(8, 8)
                    .guidedBy(kickstart(teacher).expectedEntropy(true).proximal(0.2)),
                cart)
            .seeds(2));
    plans.put(
        "network bonus PPO",
        train(ppo().steps(1_280).hidden(8, 8).networkBonus(0.1).taskReward(false), cart).seeds(2));
    plans.put(
        "network bonus DQN",
        train(VALUES.networkBonus(0.1).countBonus(0.1).bonusUntil(0.5), cart).seeds(2));
    plans.put("REINFORCE", train(new Reinforce().steps(1_024), cart).seeds(2));
    plans.put(
        "DQN",
        evaluated(train(VALUES.dueling().prioritized().nStep(3).normalized(), cart)).seeds(3));
    Env told = plain.lastAction();
    Dataset walks =
        now(collect(300).from(RandomPolicy.of(told)).on(told).exploring(uniform()).seed(1));
    DecisionTransformer sequences =
        decisionTransformer().width(8).layers(1).window(4).batchSize(8).steps(300).from(walks);
    plans.put("Decision-Transformer", train(sequences, cart.lastAction()).seeds(2));
    plans.put("TD3", train(td3().hidden(8, 8).steps(300).warmUp(50).batchSize(16), swing).seeds(2));
    Env world = Environments.get("Geomagnetic").train(2).eachTask();
    plans.put(
        "shaped TD3",
        train(td3().hidden(8, 8).steps(300).warmUp(50).batchSize(16).shaping(1), world).seeds(2));
    plans.put("SAC", train(sac().hidden(8, 8).steps(300).warmUp(50).batchSize(16), swing).seeds(2));
    plans.put("Q-learning", evaluated(train(bins(qLearning().steps(600)), cart)).seeds(3));
    plans.put("Delayed-Q", train(bins(delayedQ().steps(600).m(2)), cart).seeds(3));
    plans.put("R-Max", train(bins(rMax().steps(600).m(2)), cart).seeds(3));
    plans.put(
        "ES", train(es().steps(900).hidden(8).population(4).weightDecay(0.01), cart).seeds(3));
    plans.put("DqInit", train(VALUES.guidedBy(dqInit(prior)), cart));
    plans.put("WarmStart", train(VALUES.guidedBy(warmStart(values)), cart));
    plans.put("JumpStart", train(VALUES.guidedBy(jumpStart(table)), cart));
    plans.put(
        "Kickstart",
        train(VALUES.guidedBy(kickstart(values).caughtUp(100).demonstrations(150)), cart));
    Policy swinging = now(train(td3().hidden(8, 8).steps(60).warmUp(50).batchSize(16), plainSwing));
    Policy turns = swinging.until(7, swinging);
    plans.put(
        "ResidualGuide",
        train(
                td3()
                    .hidden(8, 8)
                    .steps(300)
                    .warmUp(50)
                    .batchSize(16)
                    .guidedBy(residual(turns).scale(0.5)),
                swing)
            .seeds(2));
    plans.put(
        "ResidualGuide PPO",
        train(ppo().steps(1_280).hidden(8, 8).guidedBy(residual(turns)), swing).seeds(2));
    plans.put("collect", collect(1_000).from(teacher).on(cart).exploring(exploreGo(9)).seed(3));
    plans.put("collect by rule", collect(1_000).from(table).on(cart).exploring(epsilon(0.2)));
    plans.put(
        "distill",
        distill(teacher).from(data).into(mlp(8)).members(5).epochs(40).batchSize(16).seed(2));
    plans.put(
        "distill seeds",
        distill(teacher)
            .from(data)
            .seeing(window)
            .into(mlp(8))
            .members(2)
            .epochs(40)
            .batchSize(16)
            .seeds(3));
    for (Architecture network : List.of(transformer(8, 1, 2), gru(4), new Skipping(6))) {
      plans.put(
          "distill " + network,
          distill(teacher)
              .from(data)
              .seeing(window)
              .into(network)
              .members(2)
              .epochs(30)
              .batchSize(16)
              .seed(4));
    }
    plans.put(
        "fit",
        fit(mlp(8))
            .to(data)
            .seeing(View.window(2))
            .minimizing(Loss.of("reward", new Pinball(0.9)).and(1, "next-observation", mse()))
            .members(3)
            .epochs(30)
            .batchSize(16)
            .seed(2));
    plans.put(
        "dagger",
        distill(teacher)
            .on(cart)
            .rounds(4)
            .stepsEach(250)
            .mixing(new Schedule(1, 0))
            .seeing(View.window(4))
            .into(mlp(8))
            .members(3)
            .epochs(10)
            .batchSize(16)
            .seed(5));
    plans.put(
        "evaluate", evaluate(teacher, table).on(cart, cart.timeLimit(40)).episodes(120).seed(4));
    plans.put("extract", qPrior(table, values).on(cart).bins(3).steps(400).clipping());
    return plans;
  }

  private static Training train(Algorithm algorithm, Env env) {
    return new Training(algorithm, env, 3);
  }

  private static Training evaluated(Training training) {
    return training.evaluating(200, 2).keepingBest();
  }

  private static <A extends Algorithm> A bins(A tabular) {
    @SuppressWarnings("unchecked")
    A cut = (A) tabular.set("bins", "4").set("low", "-2,-2,-0.2,-2").set("high", "2,2,0.2,2");
    return cut;
  }

  /** A network of one's own. */
  private record Skipping(int width) implements Architecture {
    @Override
    public Node write(Graph graph) {
      Node h = graph.linear("in", graph.flatten(graph.part("steps")), width);
      return graph.add(
          h, graph.apply(Activation.GELU, graph.again(graph.linear("up", h, width), h)));
    }
  }

  /** What a plan gives, without a run. */
  private static <R> R now(Plan<R> plan) {
    return plan.job().execute(Session.unwatched(plan.job().columns()));
  }
}
