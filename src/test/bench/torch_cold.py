"""PyTorch's cold job: a fresh process trains an LSTM and ends. Arguments: B T D H steps f64|f32 threads. Prints the last loss."""
import sys

import torch

from timing import say
from torch_net import training_step

torch.set_num_threads(int(sys.argv[7]))
B, T, D, H, steps = map(int, sys.argv[1:6])
step = training_step("lstm", B, T, D, H, sys.argv[6])
for _ in range(steps):
    loss = step()
say({"loss": loss.item()})
