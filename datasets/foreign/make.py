"""Writes a policy of Stable-Baselines3 as ONNX: make.py WEIGHTS.json OUT.onnx

WEIGHTS.json holds the state dict of an MlpPolicy of PPO as nested lists, weights (out, in).
"""
import json
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper


def main(weights, out):
    with open(weights, encoding="utf-8") as file:
        state = json.load(file)["state_dict"]
    nodes, arrays = [], []

    def linear(name, seen, given):
        for part in ("weight", "bias"):
            values = numpy.array(state[f"{name}.{part}"], dtype=numpy.float32)
            arrays.append(numpy_helper.from_array(values, f"{name}.{part}"))
        nodes.append(helper.make_node("Gemm", [seen, f"{name}.weight", f"{name}.bias"], [given], transB=1))

    def trunk(name):
        linear(f"mlp_extractor.{name}.0", "obs", f"{name}.0")
        nodes.append(helper.make_node("Tanh", [f"{name}.0"], [f"{name}.1"]))
        linear(f"mlp_extractor.{name}.2", f"{name}.1", f"{name}.2")
        nodes.append(helper.make_node("Tanh", [f"{name}.2"], [f"{name}.3"]))

    trunk("policy_net")
    linear("action_net", "policy_net.3", "logits")
    trunk("value_net")
    linear("value_net", "value_net.3", "value")
    graph = helper.make_graph(
        nodes,
        "policy",
        [helper.make_tensor_value_info("obs", TensorProto.FLOAT, ["batch", 4])],
        [
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 2]),
            helper.make_tensor_value_info("value", TensorProto.FLOAT, ["batch", 1]),
        ],
        arrays,
    )
    model = helper.make_model(graph, producer_name="onnx", opset_imports=[helper.make_opsetid("", 13)])
    onnx.checker.check_model(model)
    onnx.save(model, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
