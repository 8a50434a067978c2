"""How fast Stable-Baselines3 learns with the settings of our benchmarks, on one thread.

Prints figures in the form of `./retort bench NAME --json`: python3 docs/speed/sb3.py NAME .. with ppo-cartpole,
ppo-cartpole-small, dqn-cartpole, td3-pendulum or sac-pendulum. It needs stable-baselines3, torch and gymnasium.
"""
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import numpy as np
import stable_baselines3 as sb3
import torch
from stable_baselines3.common.env_util import make_vec_env
from stable_baselines3.common.noise import NormalActionNoise

torch.set_num_threads(1)


def falling(first):
    """A value that falls to 0 in a straight line."""
    return lambda left: left * first


# name: learner, environment, copies, steps, options
SETTINGS = {
    "ppo-cartpole": (sb3.PPO, "CartPole-v1", 8, 51_200, dict(
        n_steps=32, batch_size=256, n_epochs=20, gamma=0.98, gae_lambda=0.8, ent_coef=0.0,
        learning_rate=falling(1e-3), clip_range=falling(0.2))),
    "ppo-cartpole-small": (sb3.PPO, "CartPole-v1", 4, 51_200, dict(
        n_steps=128, batch_size=128, n_epochs=4, gamma=0.99, gae_lambda=0.95, ent_coef=0.01,
        learning_rate=falling(2.5e-4), clip_range=0.2)),
    "dqn-cartpole": (sb3.DQN, "CartPole-v1", 1, 10_240, dict(
        learning_rate=2.3e-3, batch_size=64, buffer_size=100_000, learning_starts=1_024, gamma=0.99,
        target_update_interval=10, train_freq=256, gradient_steps=128, exploration_fraction=0.16,
        exploration_final_eps=0.04, policy_kwargs=dict(net_arch=[256, 256]))),
    "td3-pendulum": (sb3.TD3, "Pendulum-v1", 1, 400, dict(
        learning_rate=1e-3, gamma=0.98, buffer_size=200_000, learning_starts=200, train_freq=1, gradient_steps=1,
        batch_size=256, policy_kwargs=dict(net_arch=[400, 300]),
        action_noise=NormalActionNoise(np.zeros(1), 0.1 * np.ones(1)))),
    "sac-pendulum": (sb3.SAC, "Pendulum-v1", 1, 300, dict(learning_rate=1e-3)),
}


def rate(name, seed, share=1):
    """Environment steps a second of a share of a training, learning and all."""
    learner, env, copies, steps, options = SETTINGS[name]
    steps = int(share * steps)
    model = learner("MlpPolicy", make_vec_env(env, n_envs=copies, seed=seed), seed=seed, device="cpu", **options)
    begin = time.perf_counter()
    model.learn(steps)
    return model.num_timesteps / (time.perf_counter() - begin)


for name in sys.argv[1:] or SETTINGS:
    rate(name, 0, 0.25)
    figure = {"name": "1 seed, one core", "unit": "steps/s", "median": rate(name, 1)}
    print(json.dumps({"benchmark": name, "source": "Stable-Baselines3 " + sb3.__version__, "figures": [figure]}), flush=True)
