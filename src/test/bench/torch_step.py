"""Times PyTorch's training steps. Arguments: cell B T D H warm-up seconds f64|f32 threads [turns]. Prints a line of JSON each
time, in milliseconds."""
import sys

import torch

from timing import take_turns
from torch_net import training_step

cell, (B, T, D, H) = sys.argv[1], map(int, sys.argv[2:6])
torch.set_num_threads(int(sys.argv[9]))
take_turns(training_step(cell, B, T, D, H, sys.argv[8]), float(sys.argv[6]), float(sys.argv[7]))
