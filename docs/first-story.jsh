// Which story the first notebook tells: candidates on five families of mazes each, none of which is the notebook's, judged on validation mazes.
// Run it with ./retort run docs/first-story.jsh; a quarter of an hour on two cores. What is asked: by how much ten students do better on mazes that
// nobody has shown them than their teacher, and than one of them. What it printed stands in docs/first-story.md.
record Candidate(String name, int mazes, int steps, Behavior behavior) {}   // no steps: the exact solution
List<Candidate> candidates = List.of(
    new Candidate("PPO of 300,000 steps, 40 mazes, what it visits", 40, 300_000, stochastic()),
    new Candidate("PPO of 300,000 steps, 40 mazes, Explore-Go", 40, 300_000, exploreGo(50)),
    new Candidate("PPO of 300,000 steps, 100 mazes, Explore-Go", 100, 300_000, exploreGo(50)),
    new Candidate("exact, 40 mazes, random actions", 40, 0, uniform()),
    new Candidate("exact, 20 mazes, Explore-Go", 20, 0, exploreGo(50)),
    new Candidate("exact, 40 mazes, Explore-Go", 40, 0, exploreGo(50)),
    new Candidate("PPO of 70,000 steps, 40 mazes, Explore-Go", 40, 70_000, exploreGo(50)));

quiet();
double share(Policy policy, Env mazes) {
  return evaluate(policy).on(mazes).episodes(64).seed(3).run().rows().get(0).mean().value();
}
System.out.println("| Teacher, data | teacher, its mazes | teacher | one student | ten students | ten less teacher [95 %] | ten less one [95 %] |");
System.out.println("|---|---|---|---|---|---|---|");
for (Candidate candidate : candidates) {
  double[] taught = new double[5], teachers = new double[5], ones = new double[5], tens = new double[5];
  for (int family = 0; family < 5; family++) {
    Env mazes = env("FourRooms").with("rooms", 4).with("egocentric", 1).with("familySeed", 100 + family);
    Env training = mazes.train(candidate.mazes()), unseen = mazes.validation(64);
    Policy teacher = candidate.steps() == 0
        ? solve(training).discount(0.95).run().policy()
        : train(ppo("FourRooms-egocentric").steps(candidate.steps())).on(training).seed(family).run();
    Dataset data = collect(20_000).from(teacher).on(training).exploring(candidate.behavior()).seed(family).run();
    Ensemble students = distill(teacher).from(data).into(mlp(96, 48)).minimizing(nll()).members(10).epochs(20).seed(family).run();
    taught[family] = share(teacher, training);
    teachers[family] = share(teacher, unseen);
    ones[family] = students.members().stream().mapToDouble(student -> share(student, unseen)).average().getAsDouble();
    tens[family] = share(students, unseen);
  }
  Estimate overTeacher = Intervals.paired(tens, teachers), overOne = Intervals.paired(tens, ones);
  System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f | %.2f | %.2f | %s | %s |%n", candidate.name(), Intervals.mean(taught).value(),
      Intervals.mean(teachers).value(), Intervals.mean(ones).value(), Intervals.mean(tens).value(), overTeacher, overOne);
}
