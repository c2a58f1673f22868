"""One step of ONNX Runtime's LSTM operator at a time, float32, one thread, state carried. Arguments: D H warm-up seconds [turns].
Prints a line of JSON each time, microseconds."""
import sys

import numpy as np
import onnxruntime
from onnx import TensorProto, helper

from timing import take_turns_of_all

(D, H), warm_up, seconds = map(int, sys.argv[1:3]), float(sys.argv[3]), float(sys.argv[4])
random = np.random.default_rng(1)
shapes = {"x": [1, 1, D], "h": [1, 1, H], "c": [1, 1, H], "y": [1, 1, 1, H], "h2": [1, 1, H], "c2": [1, 1, H]}
values = {name: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()}
weights = [helper.make_tensor(name, TensorProto.FLOAT, shape, random.normal(0, 0.1, shape).astype(np.float32).ravel())
           for name, shape in (("W", [1, 4 * H, D]), ("R", [1, 4 * H, H]), ("b", [1, 8 * H]))]
node = helper.make_node("LSTM", ["x", "W", "R", "b", "", "h", "c"], ["y", "h2", "c2"], hidden_size=H)
graph = helper.make_graph([node], "lstm", [values[n] for n in ("x", "h", "c")], [values[n] for n in ("y", "h2", "c2")], weights)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
inputs = {"x": random.normal(size=(1, 1, D)).astype(np.float32), "h": np.zeros((1, 1, H), np.float32), "c": np.zeros((1, 1, H), np.float32)}


def step():
    _, inputs["h"], inputs["c"] = session.run(None, inputs)


take_turns_of_all({"step": step}, warm_up, seconds, 20, 1e6)
