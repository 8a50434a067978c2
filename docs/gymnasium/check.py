"""Plays in Gymnasium what check.jsh played in Retort, and prints the table of docs/gymnasium.md.

It is run by hand, with the folder of the runs and the file that check.jsh wrote; it needs gymnasium, numpy and
safetensors: python3 docs/gymnasium/check.py runs ours.csv
"""
import csv
import json
import pathlib
import sys

import gymnasium
import numpy as np
import safetensors

EPISODES = 1000
NAMES = {
    "CartPole": "CartPole-v1",
    "Acrobot": "Acrobot-v1",
    "MountainCar": "MountainCar-v0",
    "MountainCarContinuous": "MountainCarContinuous-v0",
    "Pendulum": "Pendulum-v1",
    "FrozenLake": "FrozenLake-v1",
}


def network(file, about, seed):
    """What a network prefers: observations (n, size) to choices (n) or actions (n, width), all in float32."""
    _, widths, *rest = about["network"].split(":")
    activation = (lambda x: np.maximum(x, 0)) if rest == ["relu"] else np.tanh
    actions = json.loads(about["actions"])
    outputs = actions["choices"] if "choices" in actions else actions["shape"][0]
    numbers = outputs * (1 if about["spread"] == "none" else 2)
    sizes = json.loads(about["observations"])["shape"] + [int(width) for width in widths.split(",")] + [numbers]
    flat, at, layers = file.get_tensor("parameters")[seed], 0, []
    for inputs, width in zip(sizes, sizes[1:]):
        weight = flat[at : at + inputs * width].reshape(inputs, width)
        at += inputs * width
        layers.append((weight, flat[at : at + width]))
        at += width
    assert at == flat.size, f"expected {at} parameters, got {flat.size}"
    names = [f"normalization{seed}.{part}" for part in ("mean", "deviation", "clip")]
    moments = [file.get_tensor(name) for name in names if name in file.keys()]

    def prefer(x):
        if moments:
            mean, deviation, clip = moments
            x = np.clip((x - mean) / deviation, -clip, clip).astype(np.float32)
        for weight, bias in layers[:-1]:
            x = activation(x @ weight + bias)
        x = (x @ layers[-1][0] + layers[-1][1])[:, :outputs]
        if "choices" in actions:
            return x.argmax(1)
        low, high = (np.float32(actions[bound]) for bound in ("low", "high"))
        return x.clip(low, high) if about["spread"] == "clipped" else low + (np.tanh(x) + 1) / 2 * (high - low)

    return prefer


def table(file, about, seed):
    """What a table prefers: states (n) to choices (n); the first one where it does not know the state."""
    keys, values = (file.get_tensor(f"table{seed}.{part}") for part in ("keys.bytes", "values"))
    choices = np.zeros(json.loads(about["observations"])["choices"], int)
    choices[keys[:, 0]] = values.astype(np.float32).argmax(1)
    return lambda states: choices[states]


def play(name, prefer):
    """The returns of a policy; episode e begins with Gymnasium's seed e."""
    envs = [gymnasium.make(name, disable_env_checker=True) for _ in range(EPISODES)]
    seen = [env.reset(seed=seed)[0] for seed, env in enumerate(envs)]
    returns, live = np.zeros(EPISODES), list(range(EPISODES))
    while live:
        still = []
        for e, action in zip(live, prefer(np.stack([seen[e] for e in live]))):
            seen[e], reward, terminated, truncated, _ = envs[e].step(action)
            returns[e] += reward
            if not (terminated or truncated):
                still.append(e)
        live = still
    return returns


def main(runs, ours):
    print("| Environment | Learner | Seed | Here | Gymnasium | Standard errors apart |\n|---|---|---|---|---|---|")
    for row in csv.DictReader(pathlib.Path(ours).read_text(encoding="utf-8").splitlines()):
        folder = pathlib.Path(runs) / f"{int(row['run']):04d}"
        spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))["spec"]
        seed, mean, error = int(row["seed"]), float(row["mean"]), float(row["error"])
        with safetensors.safe_open(folder / "result.safetensors", "np") as file:
            about = file.metadata()
            prefer = (table if "tables" in about else network)(file, about, seed)
        name = NAMES[spec["environment"]["name"]]
        returns = play(name, prefer)
        theirs, spread = returns.mean(), returns.std(ddof=1) / EPISODES**0.5
        both = (error**2 + spread**2) ** 0.5
        apart = f"{abs(mean - theirs) / both:.1f}" if both else "none" if mean == theirs else "beyond all"
        numbers = f"{mean:.3f} ± {error:.3f} | {theirs:.3f} ± {spread:.3f} | {apart}"
        print(f"| `{name}` | {spec['algorithm']} | {seed} | {numbers} |", flush=True)


main(*sys.argv[1:])
