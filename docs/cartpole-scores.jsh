// The scores of PPO, DQN and evolution strategies on CartPole: ten seeds as one population each, a hundred greedy episodes a seed.
// Run it with ./retort run docs/cartpole-scores.jsh; the criterion, fixed beforehand, is an IQM of 500 for all.
Env cartPole = env("CartPole");
Curves ppoSeeds = train(ppo().steps(100_000)).on(cartPole).seeds(10).run();
System.out.println(evaluate().and("PPO, 100,000 steps", ppoSeeds).on(cartPole).episodes(100).seed(1).run());
Curves dqnSeeds = train(dqn("CartPole").steps(50_000)).on(cartPole).seeds(10).run();
System.out.println(evaluate().and("DQN, 50,000 steps", dqnSeeds).on(cartPole).episodes(100).seed(1).run());
Curves lastSeeds = train(dqn().steps(50_000)).on(cartPole).seeds(10).run();
System.out.println(evaluate().and("DQN, last policies", lastSeeds).on(cartPole).episodes(100).seed(1).run());
Curves esSeeds = train(es("CartPole")).on(cartPole).seeds(10).run();
System.out.println(evaluate().and("ES, 500,000 steps", esSeeds).on(cartPole).episodes(100).seed(1).run());
