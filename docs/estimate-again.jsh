// The intervals of the findings in docs/dqinit, estimated again from the values that are stored with them, and the verdicts
// that stand on these intervals. Run it with ./retort run docs/estimate-again.jsh; where nothing changes, nothing is written anew.
Path folder = Path.of("docs", "dqinit");
Findings before = Findings.open(folder.resolve("summary.json"));
Findings now = before.estimatedAgain();
now.save(folder);
System.out.println(now == before ? "nothing changed" : now.notes().get(now.notes().size() - 1));
