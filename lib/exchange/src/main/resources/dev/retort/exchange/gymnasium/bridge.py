"""Serves copies of one Gymnasium environment over the pipes of its parent; GymChild speaks with it.

A request is a byte for what to do, the number of a copy (int32), or how many copies step, and what belongs to it; a reply
begins with a byte, 0 or, before a text that says what went wrong, 1. All numbers are little-endian.
"""
import ast
import json
import math
import os
import signal
import struct
import sys
import threading
import time
import traceback

requests = sys.stdin.buffer
replies = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
os.dup2(2, 1)  # what an environment prints is no reply
signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who ends this process when it ends
parent = os.getppid()


def watch():
    """Ends this process with its parent, even in the middle of a step; between steps the end of the pipe does."""
    while os.getppid() == parent:
        time.sleep(1)
    end()


def end():
    """Ends at once, whatever an environment has running, and takes away the file of its words, which is the last argument."""
    try:
        os.unlink(sys.argv[-1])
    finally:
        os._exit(0)


threading.Thread(target=watch, daemon=True).start()


def text(said):
    encoded = said.encode("utf-8", "replace")
    return struct.pack("<i", len(encoded)) + encoded


def flat(value):
    """All numbers of nested lists, or of an array."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [number for part in value for number in flat(part)]
    return [value]


def bounds(values):
    def word(value):
        value = float(value)
        if math.isinf(value) or abs(value) > 3.4e38:
            return "Infinity" if value > 0 else "-Infinity"
        return repr(value)

    values = [word(value) for value in flat(values)]
    return values[:1] if len(set(values)) == 1 else values


class Numbers:
    """A Box: its numbers one behind the other."""

    def __init__(self, space):
        self.shape = tuple(space.shape)
        self.size = math.prod(self.shape)
        self.dtype = getattr(space, "dtype", None)
        self.low, self.high = bounds(space.low), bounds(space.high)

    def words(self):
        return {"shape": list(self.shape) or [1], "low": self.low, "high": self.high}

    def write(self, value):
        if hasattr(value, "astype"):
            return value.astype("<f4").tobytes()
        return struct.pack("<%df" % self.size, *flat(value))

    def read(self, data, at):
        if "numpy" in sys.modules and self.dtype is not None:
            numbers = sys.modules["numpy"].frombuffer(data, "<f4", self.size, at)
            return numbers.astype(self.dtype).reshape(self.shape)
        return list(struct.unpack_from("<%df" % self.size, data, at))


class Choice:
    """A Discrete: its choices counted from 0."""

    size = 1

    def __init__(self, n, start):
        self.n, self.start = int(n), int(start)

    def words(self):
        return {"choices": self.n}

    def write(self, value):
        return struct.pack("<f", int(value) - self.start)

    def read(self, data, at):
        return int(struct.unpack_from("<f", data, at)[0]) + self.start


class Parts:
    """Several spaces under names, and how a value is taken apart and put together."""

    def __init__(self, parts, apart, together):
        self.parts, self.apart, self.together = parts, apart, together
        self.size = sum(part.size for part in parts.values())

    def words(self):
        return {"parts": {name: part.words() for name, part in self.parts.items()}}

    def write(self, value):
        return b"".join(part.write(own) for part, own in zip(self.parts.values(), self.apart(value)))

    def read(self, data, at):
        values = []
        for part in self.parts.values():
            values.append(part.read(data, at))
            at += 4 * part.size
        return self.together(values)


def choices(space, counts, starts):
    """Several choices in an array."""

    def together(values):
        if "numpy" in sys.modules:
            return sys.modules["numpy"].array(values, space.dtype).reshape(space.shape)
        return values

    parts = {str(i): Choice(n, start) for i, (n, start) in enumerate(zip(counts, starts))}
    return Parts(parts, flat, together)


def translated(space, where):
    kinds = [kind.__name__ for kind in type(space).__mro__]
    if "Box" in kinds:
        return Numbers(space)
    if "Discrete" in kinds:
        return Choice(space.n, getattr(space, "start", 0))
    if "MultiDiscrete" in kinds:
        counts = flat(space.nvec)
        return choices(space, counts, flat(getattr(space, "start", [0] * len(counts))))
    if "MultiBinary" in kinds:
        count = len(flat(space.sample()))
        return choices(space, [2] * count, [0] * count)
    if "Dict" in kinds:
        names = list(space.spaces)
        parts = {str(name): translated(space.spaces[name], "%s['%s']" % (where, name)) for name in names}
        return Parts(parts, lambda value: [value[name] for name in names], lambda values: dict(zip(names, values)))
    if "Tuple" in kinds:
        parts = {str(i): translated(part, "%s[%d]" % (where, i)) for i, part in enumerate(space.spaces)}
        return Parts(parts, list, tuple)
    raise TypeError("expected Box, Discrete, MultiDiscrete, MultiBinary, Dict or Tuple as %s, got %s" % (where, kinds[0]))


class Copies:
    """The copies of one environment."""

    def __init__(self, asked):
        import gymnasium

        options = {}
        for name, value in asked["options"].items():
            try:
                options[name] = ast.literal_eval(value)
            except (ValueError, SyntaxError):
                options[name] = value
        if asked["horizon"] > 0:
            options["max_episode_steps"] = asked["horizon"]
        self.make = lambda: gymnasium.make(asked["id"], disable_env_checker=True, **options)
        self.copies = {}
        self.spare = [self.make()]
        env = self.spare[0]
        self.observations = translated(env.observation_space, "observation_space")
        self.actions = translated(env.action_space, "action_space")
        self.words = {
            "observations": self.observations.words(),
            "actions": self.actions.words(),
            "horizon": env.spec.max_episode_steps or 0,
            "threshold": env.spec.reward_threshold,
            "version": getattr(gymnasium, "__version__", "unknown"),
        }

    def reset(self, copy, seed):
        if copy not in self.copies:
            self.copies[copy] = self.spare.pop() if self.spare else self.make()
        observation, _ = self.copies[copy].reset(seed=seed)
        return self.reply(observation, 0.0, False, False)

    def step(self, copy, data, at):
        observation, reward, terminated, truncated, _ = self.copies[copy].step(self.actions.read(data, at))
        return self.reply(observation, float(reward), bool(terminated), bool(truncated))

    def replay(self, copy, seed, data):
        reply = self.reset(copy, seed)
        for at in range(0, len(data), 4 * self.actions.size):
            reply = self.step(copy, data, at)
        return reply

    def reply(self, observation, reward, terminated, truncated):
        return struct.pack("<bdbb", 0, reward, terminated, truncated) + self.observations.write(observation)


def refusal(error):
    traceback.print_exc()
    said = "%s: %s" % (type(error).__name__, " ".join(str(error).split()))
    return b"\1" + text("%s (Python %s, %s)" % (said, sys.version.split()[0], sys.executable))


def steps_of(copies, count):
    """Steps of several copies: their numbers and actions one behind the other, and their replies likewise."""
    each = 4 + 4 * copies.actions.size
    data = requests.read(count * each)
    made = []
    for at in range(0, len(data), each):
        try:
            made.append(copies.step(struct.unpack_from("<i", data, at)[0], data, at + 4))
        except Exception as error:
            made.append(refusal(error))
    return b"".join(made)


def served(copies, what, copy):
    if what == b"B":
        return copies, steps_of(copies, copy)
    if what == b"S":
        return copies, copies.step(copy, requests.read(4 * copies.actions.size), 0)
    if what == b"R":
        return copies, copies.reset(copy, *struct.unpack("<q", requests.read(8)))
    if what == b"P":
        seed, steps = struct.unpack("<qi", requests.read(12))
        return copies, copies.replay(copy, seed, requests.read(4 * steps * copies.actions.size))
    (length,) = struct.unpack("<i", requests.read(4))
    copies = Copies(json.loads(requests.read(length)))
    return copies, b"\0" + text(json.dumps(copies.words))


def serve():
    copies = None
    while True:
        header = requests.read(5)
        if len(header) < 5:
            return
        what, copy = header[:1], struct.unpack_from("<i", header, 1)[0]
        try:
            copies, reply = served(copies, what, copy)
        except Exception as error:
            reply = refusal(error)
        replies.write(reply)
        replies.flush()


serve()
end()
