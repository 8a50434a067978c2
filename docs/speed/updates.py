"""What an update of each architecture costs PyTorch from Python, with its fused Adam, on one thread.

Prints figures in the form of `./retort bench architectures --json`, of one member, and of `distill-ensemble` and `acting`:
python3 docs/speed/updates.py [architectures | distill-ensemble | acting]. It needs torch alone.
"""
import json
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

OUTPUTS = 4
torch.set_num_threads(1)
torch.manual_seed(0)


def conv(inputs, outputs, stride):
    return nn.Conv2d(inputs, outputs, 3, stride, 1)


def mlp(inputs, widths, activation=nn.Tanh):
    layers = []
    for width in widths:
        layers += [nn.Linear(inputs, width), activation()]
        inputs = width
    return nn.Sequential(*layers, nn.Linear(inputs, OUTPUTS))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = conv(3, 16, 1)
        self.blocks = nn.ModuleList(nn.ModuleList((conv(16, 16, 1), conv(16, 16, 1))) for _ in range(2))
        self.hidden, self.out = nn.Linear(16 * 5 * 5, 64), nn.Linear(64, OUTPUTS)

    def forward(self, x):
        h = F.max_pool2d(self.first(0.1 * x), 3, 2, 1)
        for first, second in self.blocks:
            h = h + second(F.relu(first(F.relu(h))))
        return self.out(F.relu(self.hidden(F.relu(h).flatten(1))))


class Image(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions = nn.ModuleList((conv(3, 16, 2), conv(16, 32, 2), conv(32, 32, 2)))
        self.hidden, self.out = nn.Linear(32 * 4 * 4, 128), nn.Linear(128, OUTPUTS)

    def forward(self, x):
        for convolution in self.convolutions:
            x = F.relu(convolution(x))
        return self.out(F.relu(self.hidden(x.flatten(1))))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.back = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        rows, tokens, width = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(rows, tokens, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(rows, tokens, width)
        h = x + self.back(seen)
        return h + self.down(F.gelu(self.up(self.norm2(h))))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.into, self.position = nn.Linear(8, 32), nn.Parameter(torch.zeros(20, 32))
        self.blocks, self.norm = nn.Sequential(Block(32, 2), Block(32, 2)), nn.LayerNorm(32)
        self.score, self.out = nn.Linear(32, 1), nn.Linear(32, OUTPUTS)

    def forward(self, x):
        h = self.norm(self.blocks(self.into(x) + self.position))
        return self.out((F.softmax(self.score(h), 1) * h).sum(1))


class Gru(nn.Module):
    def __init__(self):
        super().__init__()
        self.unit, self.out = nn.GRU(8, 64, batch_first=True), nn.Linear(64, OUTPUTS)

    def forward(self, x):
        return self.out(self.unit(x)[0][:, -1])


class Tokens(nn.Module):
    def __init__(self):
        super().__init__()
        self.each, self.all = nn.Linear(8, 32), nn.Linear(12, 32)
        self.blocks, self.norm, self.out = nn.Sequential(Block(32, 2), Block(32, 2)), nn.LayerNorm(32), nn.Linear(32, OUTPUTS)

    def forward(self, joints, body):
        h = torch.cat((self.all(body)[:, None], self.each(joints)), 1)
        return self.out(self.norm(self.blocks(h))[:, 0])


class Urma(nn.Module):
    def __init__(self):
        super().__init__()
        embed = lambda inputs: nn.Sequential(nn.Linear(inputs, 64), nn.GELU(), nn.Linear(64, 4))
        self.state, self.description, self.score = embed(8), embed(6), nn.Linear(4, 4)
        self.trunk = mlp(4 + 12, (64, 64), nn.GELU)

    def forward(self, joints, description, body):
        weights = F.softmax(self.score(self.description(description)), 1)
        return self.trunk(torch.cat(((weights * self.state(joints)).sum(1), body), 1))


class Students(nn.Module):
    """Perceptrons that are computed together."""

    def __init__(self, members):
        super().__init__()
        sizes = (8, 64, 64, OUTPUTS)
        self.weights = nn.ParameterList(0.1 * torch.randn(members, i, o) for i, o in zip(sizes, sizes[1:]))
        self.biases = nn.ParameterList(torch.zeros(members, 1, o) for o in sizes[1:])

    def forward(self, x):
        for layer, (weight, bias) in enumerate(zip(self.weights, self.biases)):
            x = torch.baddbmm(bias, x, weight)
            x = torch.tanh(x) if layer < 2 else x
        return x


ARCHITECTURES = {
    "mlp:64,64": (lambda: mlp(8, (64, 64)), [(8,)]),
    "cnn:16:64": (Residual, [(3, 9, 9)]),
    "image:16,32,32:128:1.0": (Image, [(3, 32, 32)]),
    "transformer:32:2:2": (Transformer, [(20, 8)]),
    "gru:64": (Gru, [(10, 8)]),
    "tokens:32:2:2": (Tokens, [(16, 8), (12,)]),
    "masked-mlp:64,64:tanh": (lambda: mlp(16 * 9, (64, 64)), [(16 * 9,)]),
    "urma:64,64:4": (Urma, [(16, 8), (16, 6), (12,)]),
}


def timed(call, warm_up=1.5, iterations=9, length=0.3):
    """Microseconds of a call: the median of some iterations after a time that does not count."""
    end = time.perf_counter() + warm_up
    while time.perf_counter() < end:
        call()
    micros = []
    for _ in range(iterations):
        begin, calls = time.perf_counter(), 0
        while time.perf_counter() - begin < length:
            call()
            calls += 1
        micros.append((time.perf_counter() - begin) / calls * 1e6)
    return statistics.median(micros)


def update(network, inputs, batch):
    adam = torch.optim.Adam(network.parameters(), lr=1e-4, fused=True)

    def step():
        out = network(*inputs)
        adam.zero_grad()
        out.backward((out.detach() - 0.5) * (2 / batch))
        adam.step()

    return step


def architectures():
    for batch in (64, 256):
        for name, (make, shapes) in ARCHITECTURES.items():
            inputs = [torch.randn(batch, *shape) for shape in shapes]
            yield f"{name}, members 1, batch {batch}", "µs/update", timed(update(make(), inputs, batch))


def ensemble():
    for members in (1, 10, 50, 200):
        for batch in (32, 256):
            call = update(Students(members), [torch.randn(members, batch, 8)], batch)
            yield f"members {members}, batch {batch}", "µs/update", timed(call)


def acting():
    policy = mlp(8, (64, 64))
    for batch in (1, 16, 64, 1024):
        seen = torch.randn(batch, 8)
        with torch.inference_mode():
            yield f"batch {batch}", "µs/call", timed(lambda: policy(seen).argmax(-1))


ALL = {"architectures": architectures, "distill-ensemble": ensemble, "acting": acting}
for benchmark in sys.argv[1:] or ALL:
    figures = [{"name": name, "unit": unit, "median": median} for name, unit, median in ALL[benchmark]()]
    print(json.dumps({"benchmark": benchmark, "source": "PyTorch " + torch.__version__, "figures": figures}), flush=True)
