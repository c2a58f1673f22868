"""Makes torch.json and torch-*.safetensors beside this file: small PyTorch models, saved by PyTorch, with an input and its output in
double precision. TorchTest loads them, compares the outputs, and writes them again; unrolled-*.safetensors are what it must write.

    python make_torch.py             makes the files (needs torch and safetensors; the tests do not)
    python make_torch.py --check     loads unrolled-*.safetensors into the models by load_state_dict and compares the outputs
"""
import json
import pathlib
import sys

import torch
from safetensors.torch import load_file, save_file

HERE = pathlib.Path(__file__).parent


class Model(torch.nn.Module):
    """A recurrent module, and a linear one on each of its outputs; symbols go through an embedding first."""

    def __init__(self, kind, D, H, K, symbols=0, **options):
        super().__init__()
        self.embedding = torch.nn.Embedding(symbols, D) if symbols else None
        self.rnn = getattr(torch.nn, kind)(D, H, **options)
        self.out = torch.nn.Linear(H * (2 if options.get("bidirectional") else 1), K)

    def forward(self, x):
        if self.embedding is not None:
            x = self.embedding(x.squeeze(-1).long())
        return self.out(self.rnn(x)[0])


def models():
    return {
        "lstm": (lambda: Model("LSTM", 3, 4, 2, num_layers=2), torch.float64),
        "gru": (lambda: Model("GRU", 3, 4, 2), torch.float32),
        "rnn": (lambda: Model("RNN", 3, 4, 2, bidirectional=True), torch.float64),
        "embedding": (lambda: Model("LSTM", 3, 4, 2, symbols=5, bias=False), torch.float64),
        "gru both": (lambda: Model("GRU", 3, 4, 2, bidirectional=True), torch.float64),
    }


def path(name, by):
    return HERE / f"{by}-{name.replace(' ', '-')}.safetensors"


def make():
    torch.manual_seed(22)
    cases = []
    for name, (build, dtype) in models().items():
        model = build().to(dtype)
        save_file(model.state_dict(), path(name, "torch"))
        x = torch.randint(0, 5, (6, 2, 1)).double() if model.embedding is not None else torch.randn(6, 2, 3, dtype=torch.float64)
        y = model.double()(x)                   # single-precision weights, computed in double precision
        cases.append({"name": name, "file": path(name, "torch").name, "written": path(name, "unrolled").name,
                      "x": x.tolist(), "y": y.tolist()})
    made = {"made by": f"PyTorch {torch.__version__}, seed 22", "cases": cases}
    (HERE / "torch.json").write_text(json.dumps(made, separators=(",", ":")) + "\n")


def check():
    for case in json.loads((HERE / "torch.json").read_text())["cases"]:
        name = case["name"]
        model = models()[name][0]().double()
        state = load_file(path(name, "unrolled"))
        if name == "embedding":                 # ours has biases, zeros here
            assert all(not state.pop(k).any() for k in list(state) if k.startswith("rnn.bias"))
        model.load_state_dict(state)
        error = (model(torch.tensor(case["x"])) - torch.tensor(case["y"])).abs().max().item()
        print(f"{name}: loaded by PyTorch, largest difference of the outputs {error:.1e}")
        assert error < 1e-10


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    check() if "--check" in sys.argv else make()
