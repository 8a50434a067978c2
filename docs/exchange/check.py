"""Compares what check.jsh wrote with what Python's onnxruntime, onnx and safetensors make of it.

It is run by hand, with the folder that check.jsh wrote; it needs onnxruntime, onnx, safetensors and numpy:
python3 docs/exchange/check.py FOLDER
"""
import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
from safetensors.numpy import load_file

folder = pathlib.Path(sys.argv[1])
print("onnxruntime", onnxruntime.__version__, "onnx", onnx.__version__, "numpy", np.__version__)


def perceptron(arrays, output, prefix=""):
    """The numbers of an output from layers (out, in) with hyperbolic tangents."""
    def value(x):
        layer = 0
        while f"{prefix}hidden{layer}.weight" in arrays:
            x = np.tanh(x @ arrays[f"{prefix}hidden{layer}.weight"].T + arrays[f"{prefix}hidden{layer}.bias"])
            layer += 1
        return x @ arrays[f"{output}.weight"].T + arrays[f"{output}.bias"]
    return value


for file in sorted(folder.glob("*.onnx")):
    onnx.checker.check_model(str(file), full_check=True)
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    numbers = load_file(folder / f"{file.stem}.said.safetensors")
    inputs = {each.name: each.shape for each in session.get_inputs()}
    said = numbers["said"]
    memory = np.zeros((said.shape[1], inputs["memory"][1]), np.float32) if "memory" in inputs else None
    worst = 0
    for seen, ours in zip(numbers["observation"], said):
        given = {"observation": seen} if memory is None else {"observation": seen, "memory": memory}
        outputs = dict(zip(names, session.run(None, given)))
        memory = outputs.get("next-memory")
        acting = [outputs[name] for name in ("logits", "mean", "log-deviation") if name in outputs]
        worst = max(worst, np.abs(np.concatenate(acting, axis=1) - ours).max())
    print(file.name, names, "largest difference", f"{worst:.1e}")

for hub in sorted(folder.glob("*.hub")):
    arrays = load_file(hub / "model.safetensors")
    about = json.loads((hub / "config.json").read_text())["retort"]
    print(hub.name, about["network"], about["distribution"], len(arrays), "arrays,", sum(a.size for a in arrays.values()), "numbers")
    if hub.stem == "teacher":
        numbers = load_file(folder / "teacher.said.safetensors")
        prefix = "logits." if "logits.hidden0.weight" in arrays else ""
        seen = numbers["observation"].reshape(-1, 4)
        ours = numbers["said"].reshape(-1, 2)
        print("  computed by hand: largest difference", f"{np.abs(perceptron(arrays, 'logits', prefix)(seen) - ours).max():.1e}")
