"""Times JAX's training steps, compilation left out. Arguments: cell B T D H warm-up seconds f64|f32
[turns]. Prints a line of JSON each time, in milliseconds."""
import sys

from jax_net import training_step
from timing import take_turns

cell, (B, T, D, H) = sys.argv[1], map(int, sys.argv[2:6])
step = training_step(cell, B, T, D, H, sys.argv[8])
step()  # compiles
take_turns(step, float(sys.argv[6]), float(sys.argv[7]))
