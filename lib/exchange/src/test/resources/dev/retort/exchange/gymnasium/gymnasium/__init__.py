"""As much of Gymnasium as the bridge asks for, without NumPy: spaces, make, and environments that do what tests are about."""
import os
import random
import sys
import time

__version__ = "0.0-test"


class Box:
    def __init__(self, low, high, shape):
        self.low, self.high, self.shape = low, high, shape


class Discrete:
    def __init__(self, n, start=0):
        self.n, self.start = n, start


class MultiDiscrete:
    def __init__(self, nvec):
        self.nvec = nvec


class Dict:
    def __init__(self, spaces):
        self.spaces = spaces


class Text:
    pass


class Spec:
    reward_threshold = 12.5

    def __init__(self, max_episode_steps):
        self.max_episode_steps = max_episode_steps


class Walk:
    """Goes left or right with noise, and is over beyond 3; prints where replies are sent."""

    observation_space = Box([-float("inf"), 0.0], [float("inf"), 1.0], (2,))
    action_space = Discrete(2)

    def __init__(self, noise=0.5):
        self.noise = noise

    def reset(self, seed=None):
        print("a new walk")
        self.random = random.Random(seed)
        self.at, self.steps = self.random.uniform(-1, 1), 0
        return self.seen(), {}

    def seen(self):
        return [self.at, self.steps / 100]

    def step(self, action):
        self.steps += 1
        self.at += (1 if action == 1 else -1) * 0.5 + self.noise * self.random.uniform(-1, 1)
        return self.seen(), 1 - abs(self.at), abs(self.at) > 3, False, {}


class Parts(Walk):
    """Shows what it was told to do, in parts."""

    observation_space = Dict({"door": Discrete(5, 1), "told": Box([0.0] * 6, [9.0] * 6, (2, 3))})
    action_space = Dict({"push": Box([-1.0, -2.0], [1.0, 2.0], (2,)), "keys": MultiDiscrete([2, 3])})

    def reset(self, seed=None):
        return {"door": 1, "told": [[0, 0, 0], [0, 0, 0]]}, {}

    def step(self, action):
        assert list(action) == ["push", "keys"]
        told = [[action["push"][0], action["push"][1], 7], [action["keys"][0], action["keys"][1], 8]]
        return {"door": 4, "told": told}, 2, False, False, {}


class Fragile(Walk):
    """Falls with its whole process, on the third step of an odd place."""

    def step(self, action):
        if self.steps == 2:
            print("the floor gives way", file=sys.stderr, flush=True)
            os._exit(7)
        return super().step(action)


class Wrong(Walk):
    def step(self, action):
        raise ValueError("there is no way")


class Forgetful(Walk):
    """Shows something that neither seed nor actions decide."""

    def seen(self):
        return [time.perf_counter_ns() % 1000003, 0.0]


class Early(Walk):
    def step(self, action):
        seen, reward, terminated, _, info = super().step(action)
        return seen, reward, False, self.steps == 2, info


class Endless(Walk):
    def step(self, action):
        while True:
            time.sleep(0.01)


class Written(Walk):
    observation_space = Dict({"sign": Text()})


def make(id, disable_env_checker=False, max_episode_steps=None, **options):
    kinds = {"Walk": (Walk, 20), "Unlimited": (Walk, None), "Parts": (Parts, 5), "Fragile": (Fragile, 9), "Wrong": (Wrong, 9)}
    kinds.update({"Forgetful": (Forgetful, 9), "Early": (Early, 9), "Endless": (Endless, 9), "Written": (Written, 9)})
    name = id.split("-")[0]
    if name not in kinds:
        raise KeyError("environment `%s` does not exist" % name)
    kind, steps = kinds[name]
    env = kind(**options)
    env.spec = Spec(max_episode_steps or steps)
    return env
