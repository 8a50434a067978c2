"""Tables of docs/performance.md from what rounds.sh measured: python3 docs/speed/table.py docs/speed/rounds.jsonl.

A figure is the median of all rounds with the smallest and the largest; a ratio is ours to theirs in each round, above 1
where ours is faster: its median, smallest and largest. What is wanted was fixed before; it is met where the median is.
"""
import collections
import json
import statistics
import sys

OURS = "Retort"
# what, benchmark, figure, ratio wanted, or the largest time in µs
ROWS = [
    ("PPO, CartPole, one seed", "ppo-cartpole", "1 seed, one core", "ahead of both", 1),
    ("PPO, ten seeds together", "ppo-cartpole", "10 seeds together, one core", "ahead", 1),
    ("PPO, short rollouts of 4 copies, one seed", "ppo-cartpole-small", "1 seed, one core", "ahead of both", 1),
    ("PPO, the same, ten seeds together", "ppo-cartpole-small", "10 seeds together, one core", "ahead", 1),
    ("DQN, CartPole, one seed", "dqn-cartpole", "1 seed, one core", "8", 8),
    ("TD3, Pendulum, one seed", "td3-pendulum", "1 seed, one core", "3", 3),
    ("SAC, Pendulum, one seed", "sac-pendulum", "1 seed, one core", "3", 3),
    ("50 students of 64 × 64, batch 32", "distill-ensemble", "members 50, batch 32", "2", 2),
    ("50 students of 64 × 64, batch 256", "distill-ensemble", "members 50, batch 256", "2", 2),
    ("An action, one environment", "acting", "batch 1", "2 µs", None),
]


def number(x):
    """Three digits that count."""
    if x >= 1000:
        digits = len(str(int(x))) - 3
        return f"{round(x / 10**digits) * 10**digits:,}"
    return f"{x:.3g}"


def spread(values):
    return f"{number(statistics.median(values))} [{number(min(values))}, {number(max(values))}]"


def read(file):
    """Medians of every round, by figure and source."""
    rounds = collections.defaultdict(lambda: collections.defaultdict(list))
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            for figure in told["figures"]:
                key = told["benchmark"], figure["name"], figure["unit"]
                rounds[key][told.get("source", OURS)].append(figure["median"])
    return rounds


def ratios(ours, theirs, unit):
    return [t / o if unit.startswith("µs") else o / t for o, t in zip(ours, theirs)]


def row(what, command, unit, sources, text, least):
    """A line of the table, with all others beside ours."""
    sources = dict(sources)
    ours = sources.pop(OURS)
    name = lambda source: source.split(",")[0].split(" ")[0]
    others = "; ".join(f"{name(source)} {spread(theirs)}" for source, theirs in sources.items())
    each = [ratios(ours, theirs, unit) for theirs in sources.values()]
    met = statistics.median(ours) <= 2 if least is None else all(statistics.median(r) >= least for r in each)
    ratio = "; ".join(spread(r) for r in each)
    print(f"| {what} | `bench {command}` | {spread(ours)} {unit} | {others} | {ratio} | {text}, {'met' if met else '**missed**'} |")


rounds = read(sys.argv[1])
print("Others:", "; ".join(sorted({source for by in rounds.values() for source in by if source != OURS})))
print("Rounds:", sorted({len(values) for by in rounds.values() for values in by.values()}))
print("\n| What | Command | Here | Others | Ratio | Wanted |\n|---|---|---|---|---|---|")
for what, benchmark, name, text, least in ROWS:
    for (of, figure, unit), sources in rounds.items():
        if (of, figure) == (benchmark, name) and len(sources) > 1:
            row(what, benchmark, unit, sources, text, least)
print("\n| Update | Command | Here | Others | Ratio | Wanted |\n|---|---|---|---|---|---|")
for (of, figure, unit), sources in rounds.items():
    if of == "architectures" and len(sources) > 1:
        row(f"`{figure.split(', members')[0]}`, batch {figure.split('batch ')[1]}", of, unit, sources, "1", 1)
