"""How fast PureJaxRL's PPO learns CartPole with the settings of our benchmarks, once it is compiled.

Prints figures in the form of `./retort bench NAME --json`: python3 docs/speed/purejaxrl.py FOLDER NAME .. with
ppo-cartpole or ppo-cartpole-small. FOLDER holds checkouts of purejaxrl, gymnax (v0.0.8) and chex; jax, flax and optax
are installed. Of distrax PPO takes one class, which stands here; brax and navix are imported there and not used.
"""
import json
import sys
import time
import types
from unittest.mock import MagicMock

import jax
import jax.numpy as jnp


class Categorical:
    """Choices by their logits, as distrax has them."""

    def __init__(self, logits):
        self.logits = logits

    def sample(self, seed):
        return jax.random.categorical(seed, self.logits)

    def logs(self):
        return jax.nn.log_softmax(self.logits)

    def log_prob(self, choice):
        return jnp.take_along_axis(self.logs(), choice[..., None], -1)[..., 0]

    def entropy(self):
        return -jnp.sum(jnp.exp(self.logs()) * self.logs(), -1)


folder, names = sys.argv[1], sys.argv[2:] or ["ppo-cartpole", "ppo-cartpole-small"]
jax.tree_map = jax.tree_util.tree_map
sys.modules["distrax"] = types.SimpleNamespace(Categorical=Categorical)
for unused in ("brax", "brax.envs", "brax.envs.wrappers", "brax.envs.wrappers.training", "navix"):
    sys.modules[unused] = MagicMock()
sys.path[:0] = [f"{folder}/purejaxrl/purejaxrl", f"{folder}/gymnax", f"{folder}/chex"]
import ppo


COMMON = {
    "CLIP_EPS": 0.2, "VF_COEF": 0.5, "MAX_GRAD_NORM": 0.5, "ACTIVATION": "tanh",
    "ENV_NAME": "CartPole-v1", "ANNEAL_LR": True, "DEBUG": False,
}
SETTINGS = {
    "ppo-cartpole": {
        "TOTAL_TIMESTEPS": 51_200, "NUM_ENVS": 8, "NUM_STEPS": 32, "UPDATE_EPOCHS": 20, "NUM_MINIBATCHES": 1, "LR": 1e-3, "GAMMA": 0.98,
        "GAE_LAMBDA": 0.8, "ENT_COEF": 0.0},
    "ppo-cartpole-small": {
        "TOTAL_TIMESTEPS": 153_600, "NUM_ENVS": 4, "NUM_STEPS": 128, "UPDATE_EPOCHS": 4, "NUM_MINIBATCHES": 4, "LR": 2.5e-4, "GAMMA": 0.99,
        "GAE_LAMBDA": 0.95, "ENT_COEF": 0.01},
}


def rate(name, seeds):
    """Environment steps a second of all seeds in a second training; in the first it is compiled."""
    train = jax.jit(jax.vmap(ppo.make_train({**COMMON, **SETTINGS[name]})))
    for run in range(2):
        keys = jax.random.split(jax.random.PRNGKey(run), seeds)
        begin = time.perf_counter()
        jax.block_until_ready(train(keys))
        seconds = time.perf_counter() - begin
    return seeds * SETTINGS[name]["TOTAL_TIMESTEPS"] / seconds


for name in names:
    figures = [
        {"name": text, "unit": "steps/s", "median": rate(name, seeds)}
        for seeds, text in ((1, "1 seed, one core"), (10, "10 seeds together, one core"))
    ]
    print(json.dumps({"benchmark": name, "source": "PureJaxRL, JAX " + jax.__version__, "figures": figures}), flush=True)
