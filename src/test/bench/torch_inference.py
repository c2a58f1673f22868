"""One step of PyTorch's LSTMCell at a time, one thread, state carried; and with a dense head, softmax and a draw. Arguments: D H warm-up
seconds f64|f32 [turns]. Prints a line of JSON each time, microseconds."""
import sys

import torch

from timing import take_turns_of_all
from torch_net import TYPES

(D, H), warm_up, seconds, dtype = map(int, sys.argv[1:3]), float(sys.argv[3]), float(sys.argv[4]), TYPES[sys.argv[5]]
torch.set_num_threads(1)
torch.manual_seed(1)
cell, head = torch.nn.LSTMCell(D, H, dtype=dtype), torch.nn.Linear(H, D, dtype=dtype)
x, state, one_hot = torch.randn(1, D, dtype=dtype), None, torch.eye(D, dtype=dtype)


def step():
    global state
    state = cell(x, state)


def symbol():
    global state, x
    state = cell(x, state)
    drawn = torch.multinomial(torch.softmax(head(state[0]), 1), 1).item()
    x = one_hot[drawn:drawn + 1]


with torch.inference_mode():
    take_turns_of_all({"step": step, "generator": symbol}, warm_up, seconds, 20, 1e6)
