"""JAX's cold job: a fresh process trains an LSTM and ends. Arguments: B T D H steps f64|f32. Prints the last loss."""
import sys

from jax_net import training_step
from timing import say

B, T, D, H, steps = map(int, sys.argv[1:6])
step = training_step("lstm", B, T, D, H, sys.argv[6])
for _ in range(steps):
    loss = step()
say({"loss": float(loss)})
