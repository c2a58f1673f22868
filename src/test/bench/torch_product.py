"""PyTorch's matrix product (MKL where it was built with it), GFLOP/s. Arguments: seconds a shape, threads, shapes such as 16x64x256 or
128x2048x512t (first factor stored transposed). Prints one line of JSON: {"f64": {shape: rate}, "f32": {shape: rate}}."""
import sys

import torch

from timing import measure, say
from torch_net import TYPES

seconds, threads, shapes = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
torch.set_num_threads(threads)
rates = {}
for name, dtype in TYPES.items():
    for shape in shapes:
        m, k, n = map(int, shape.rstrip("t").split("x"))
        a = torch.randn(k, m, dtype=dtype).t() if shape.endswith("t") else torch.randn(m, k, dtype=dtype)
        b, d = torch.randn(k, n, dtype=dtype), torch.empty(m, n, dtype=dtype)
        block = max(1, int(2e7 / (m * k * n)))
        result = measure(lambda: torch.mm(a, b, out=d), seconds / 3, seconds, block, 1e9)
        rates.setdefault(name, {})[shape] = 2 * m * k * n / result["median"]
say(rates)
