// Plays the policies of seeds 0, 1 and 2 of trainings over 1,000 episodes each, for docs/gymnasium.md. It is run by hand, with
// the file that receives the means and the numbers of the runs: ./retort run docs/gymnasium/check.jsh ours.csv 1 2 3
StringBuilder lines = new StringBuilder("run,seed,mean,error\n");
for (String run : List.of(args).subList(1, args.length)) {
  Curves curves = curves(Integer.parseInt(run));
  Env task = env(curves.title().split(" on |,")[1]);
  for (int seed = 0; seed < 3; seed++) {
    Evaluation result = evaluate(curves.policy(seed)).on(task).episodes(1000).seed(77).run();
    double[] returns = result.scores().get(0).returns()[0];
    double error = Statistics.standardError(returns);
    lines.append("%s,%s,%s,%s\n".formatted(run, seed, Statistics.mean(returns), error));
  }
}
java.nio.file.Files.writeString(Path.of(args[0]), lines);
