"""Makes recurrent.json beside this file: outputs, end states, gradients and training losses of recurrent networks, computed by
PyTorch in double precision; its own modules where it has them, else the equations written out, differentiated by autograd.
RecurrentGoldenTest compares the library with them. Run again with: python make_recurrent.py (needs torch; the tests do not)."""
import json
import pathlib

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.set_default_dtype(torch.float64)
HERE = pathlib.Path(__file__).parent
T, B, D, H = 6, 3, 4, 5
LENGTHS = [6, 2, 4]


def numbers(t):
    return t.detach().tolist()


def row(v):
    return v.reshape(1, -1)


class Module:
    """A layer of PyTorch; its weights in the library's layout: x W, one bias a gate."""

    def __init__(self, kind, bidirectional=False, d=D):
        make = {"elman": nn.RNN, "elman relu": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind]
        extra = {"nonlinearity": "relu"} if kind == "elman relu" else {}
        self.kind, self.module = kind, make(d, H, bidirectional=bidirectional, **extra)
        self.suffixes = ["", "_reverse"] if bidirectional else [""]
        self.params = list(self.module.parameters())

    def state_count(self):
        return 2 if self.kind == "lstm" else 1

    def run(self, x, states, lengths):
        s = tuple(states) if self.kind == "lstm" else states[0]
        if lengths:
            packed = pack_padded_sequence(x, torch.tensor(lengths), enforce_sorted=False)
            y, end = self.module(packed, s)
            y, _ = pad_packed_sequence(y, total_length=x.shape[0])
        else:
            y, end = self.module(x, s)
        return y, (list(end) if self.kind == "lstm" else [end])

    def export(self, of):
        cells = []
        for suffix in self.suffixes:
            w = {n: of(getattr(self.module, f"{n}_l0{suffix}")) for n in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
            grad = of is gradient
            b = w["bias_ih"] if grad else w["bias_ih"] + w["bias_hh"]
            cell = {"Wx": numbers(w["weight_ih"].T), "Wh": numbers(w["weight_hh"].T)}
            if self.kind == "gru":      # the reset gate acts on h Whn + bq, so this bias stays apart
                b = torch.cat([b[:2 * H], w["bias_ih"][2 * H:]])
                cell["bq"] = numbers(row(w["bias_hh"][2 * H:]))
            cell["b"] = numbers(row(b))
            cells.append(cell)
        return cells


def gradient(p):
    return p.grad


def value(p):
    return p


class Written:
    """A cell that PyTorch does not have, as its equations."""

    def __init__(self, kind):
        self.kind = kind
        shapes = {"lstm peepholes": {"Wx": (D, 4 * H), "Wh": (H, 4 * H), "b": (1, 4 * H), "p": (3, H)},
                  "lstm 1997": {"Wx": (D, 3 * H), "Wh": (H, 3 * H), "b": (1, 3 * H)},
                  "gru 2014": {"Wx": (D, 3 * H), "Wh": (H, 3 * H), "b": (1, 3 * H)},
                  "jordan": {"Wx": (D, 7), "Wy": (H, 7), "b": (1, 7), "Wo": (7, H), "bo": (1, H)},
                  "tdnn": {"W": (3 * D, H), "b": (1, H)}}[kind]
        self.w = {n: (torch.randn(s) * 0.5).requires_grad_() for n, s in shapes.items()}
        self.params = list(self.w.values())

    def state_count(self):
        return {"lstm peepholes": 2, "lstm 1997": 2, "tdnn": 0}.get(self.kind, 1)

    def export(self, of):
        return [{n: numbers(of(p)) for n, p in self.w.items()}]

    def step(self, x, s, past):
        w, kind = self.w, self.kind
        if kind.startswith("lstm"):
            h, c = s
            z = x @ w["Wx"] + h @ w["Wh"] + w["b"]
            if kind == "lstm 1997":
                i, g, o = z.chunk(3, -1)
                c = c + torch.sigmoid(i) * torch.tanh(g)
            else:
                i, f, g, o = z.chunk(4, -1)
                i, f = torch.sigmoid(i + w["p"][0] * c), torch.sigmoid(f + w["p"][1] * c)
                c = f * c + i * torch.tanh(g)
                o = o + w["p"][2] * c
            return [torch.sigmoid(o) * torch.tanh(c), c]
        if kind == "gru 2014":
            h = s[0]
            ar, az, an = (x @ w["Wx"] + w["b"]).chunk(3, -1)
            hr, hz, hn = w["Wh"].chunk(3, -1)
            r, z = torch.sigmoid(ar + h @ hr), torch.sigmoid(az + h @ hz)
            n = torch.tanh(an + (r * h) @ hn)
            return [(1 - z) * n + z * h]
        if kind == "jordan":
            hidden = torch.tanh(x @ w["Wx"] + s[0] @ w["Wy"] + w["b"])
            return [torch.tanh(hidden @ w["Wo"] + w["bo"])]
        z = w["b"]
        for k in range(min(3, len(past))):
            z = z + past[-1 - k] @ w["W"][k * D:(k + 1) * D]
        return [torch.tanh(z)]

    def run(self, x, states, lengths):
        s, ys = [v[0] for v in states], []
        for t in range(x.shape[0]):
            new = self.step(x[t], s, x[:t + 1])
            ys.append(new[0])
            if states:
                alive = torch.tensor([[float(t < n)] for n in (lengths or [T] * B)])
                s = [alive * a + (1 - alive) * b for a, b in zip(new, s)]
        return torch.stack(ys), [v[None] for v in s]


def case(cell, name, bidirectional=False, lengths=None, head=False):
    x = torch.randn(T, B, D, requires_grad=True)
    directions = 2 if bidirectional else 1
    start = [(torch.randn(directions, B, H) * 0.5).requires_grad_() for _ in range(cell.state_count())]
    valid = torch.tensor([[[float(t < n)] for n in (lengths or [T] * B)] for t in range(T)])
    y, end = cell.run(x, start, lengths)
    dy = torch.randn(T, B, H * directions) * valid
    dend = [torch.randn(e.shape) for e in end] if not bidirectional else [torch.zeros(e.shape) for e in end]
    L = (y * dy).sum() + sum((e * g).sum() for e, g in zip(end, dend))
    L.backward()
    return {"name": name, "kind": cell.kind, "bidirectional": bidirectional, "lengths": lengths, "x": numbers(x), "dy": numbers(dy),
            "start": [numbers(s) for s in start], "dend": [numbers(g) for g in dend], "cells": cell.export(value),
            "valid": numbers(valid), "y": numbers(y), "end": [numbers(e) for e in end], "dx": numbers(x.grad),
            "dstart": [numbers(s.grad) for s in start], "grads": cell.export(gradient)}


def training(kinds, optimizer, name):
    """Cells stacked under a dense head, cross entropy at every step that exists; ten losses."""
    cells = [Module(k, d=D if n == 0 else H) for n, k in enumerate(kinds)]
    head = nn.Linear(H, 3)
    x, d = torch.randn(T, B, D), torch.randint(0, 3, (T, B))
    params = [p for c in cells for p in c.params if True] + list(head.parameters())
    # the library has one bias where PyTorch has two that are always added: the second one stays fixed, but for the GRU's bq
    frozen = [(c, n) for c in cells for n in ["bias_hh_l0"]]
    made = optimizer(params)
    start = {"cells": [c.export(value)[0] for c in cells], "head": {"W": numbers(head.weight.T), "b": numbers(row(head.bias))}}
    valid = torch.tensor([[float(t < n) for n in LENGTHS] for t in range(T)])
    losses = []
    for _ in range(10):
        made.zero_grad()
        h = x
        for c in cells:
            zero = [torch.zeros(1, B, H) for _ in range(c.state_count())]
            h, _ = c.run(h, zero, LENGTHS)
        rows = nn.functional.cross_entropy(head(h).reshape(T * B, 3), d.reshape(-1), reduction="none")
        L = (rows * valid.flatten()).sum() / valid.sum()
        L.backward()
        for c, n in frozen:
            g = getattr(c.module, n).grad
            if c.kind == "gru":
                g[:2 * H] = 0
            else:
                g.zero_()
        made.step()
        losses.append(L.item())
    return {"name": name, "kinds": kinds, "x": numbers(x), "d": numbers(d[..., None].double()), "lengths": LENGTHS, "start": start,
            "losses": losses, "end": [c.export(value)[0] for c in cells]}


def main():
    torch.manual_seed(21)
    cases = []
    for lengths in (None, LENGTHS):
        padded = ", lengths" if lengths else ""
        for kind in ("elman", "elman relu", "lstm", "gru"):
            cases.append(case(Module(kind), kind + padded, lengths=lengths))
            cases.append(case(Module(kind, bidirectional=True), kind + ", bidirectional" + padded, True, lengths))
        for kind in ("lstm peepholes", "lstm 1997", "gru 2014", "jordan", "tdnn"):
            cases.append(case(Written(kind), kind + padded, lengths=lengths))
    trainings = [training([k], lambda p: torch.optim.Adam(p, 0.02), k + ", Adam") for k in ("elman", "lstm", "gru")]
    trainings += [training(["lstm", "gru", "elman"], lambda p: torch.optim.SGD(p, 0.3), "three layers, gradient descent")]
    made = {"made by": f"PyTorch {torch.__version__}, double precision, seed 21", "cases": cases, "trainings": trainings}
    (HERE / "recurrent.json").write_text(json.dumps(made, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
