// The scores of PPO, DQN and evolution strategies on CartPole: ten seeds as one population each, greedy episodes until they add less than a quarter to the interval.
// Run it with ./retort run docs/cartpole-scores.jsh; the criterion, fixed beforehand, is an IQM of 500 for all.
Env cartPole = env("CartPole");
Curves ppoSeeds = train(ppo().steps(100_000)).on(cartPole).seeds(10).run();
System.out.println(evaluate(ppoSeeds).on(cartPole).seed(1).run());
Curves dqnSeeds = train(dqn("CartPole").steps(50_000)).on(cartPole).seeds(10).run();
System.out.println(evaluate(dqnSeeds).on(cartPole).seed(1).run());
Curves lastSeeds = train(dqn().steps(50_000)).on(cartPole).seeds(10).run();
System.out.println(evaluate(lastSeeds).on(cartPole).seed(1).run());
Curves esSeeds = train(es("CartPole")).on(cartPole).seeds(10).run();
System.out.println(evaluate(esSeeds).on(cartPole).seed(1).run());
