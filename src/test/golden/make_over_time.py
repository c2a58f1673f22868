"""Makes over_time.json beside this file: classifiers with one output a sequence, computed by PyTorch in double precision with sequences
of different lengths (packed): the last step, both ends of a bidirectional layer (h_n), mean and maximum over time, a layer that reads
backwards, learned initial states. For each: scores, gradients, ten training losses. OverTimeGoldenTest compares the library with them.
Run again with: python make_over_time.py (needs torch; the tests do not)."""
import json
import pathlib

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from make_layers import given, numbers, row

torch.set_default_dtype(torch.float64)
HERE = pathlib.Path(__file__).parent
T, B, D, H, K = 5, 4, 2, 3, 3
LENGTHS = [5, 2, 1, 4]
MODULES = {"elman": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class Classifier:
    """A recurrent module, one step of all of its steps, scores; weights exported in the library's layout and names."""

    def __init__(self, kind, pool, lengths):
        self.kind, self.pool, self.lengths = kind, pool, torch.tensor(lengths or [T] * B)
        self.rnn = MODULES[kind](D, H, bidirectional=pool in ("both ends", "sum, mean"))
        self.out = nn.Linear(2 * H if pool == "both ends" else H, K)
        self.start = []
        with torch.no_grad():
            for p in [*self.rnn.parameters(), *self.out.parameters()]:
                p.copy_(given(*p.shape, scale=0.6))
        if pool == "learned start":
            self.start = [given(1, 1, H).requires_grad_() for _ in range(2 if kind == "lstm" else 1)]
        self.params = [*self.rnn.parameters(), *self.out.parameters(), *self.start]

    def features(self, x):
        if self.pool == "backwards":
            x = torch.stack([torch.cat([x[:n, b].flip(0), x[n:, b]]) for b, n in enumerate(self.lengths)], 1)
        packed = pack_padded_sequence(x, self.lengths, enforce_sorted=False)
        start = [s.expand(1, B, H).contiguous() for s in self.start]
        e, end = self.rnn(packed, tuple(start) if self.kind == "lstm" else start[0]) if start else self.rnn(packed)
        h_n = end[0] if self.kind == "lstm" else end
        e, _ = pad_packed_sequence(e, total_length=T)
        if self.pool == "both ends":
            return torch.cat([h_n[-2], h_n[-1]], 1)
        exists = (torch.arange(T)[:, None] < self.lengths)[..., None]
        if self.pool == "sum, mean":
            e = e[..., :H] + e[..., H:]
        if self.pool.endswith("mean"):
            return (e * exists).sum(0) / self.lengths[:, None]
        if self.pool == "max":
            return e.masked_fill(~exists, -torch.inf).max(0).values
        return h_n[-1]

    def run(self, x):
        return self.out(self.features(x))

    def export(self, of, grad):
        cells, named = {}, {}
        names = ["", "_reverse"] if self.rnn.bidirectional else [""]
        for ending in names:
            wx, wh, bx, bh = (of(getattr(self.rnn, n + "_l0" + ending)) for n in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
            b, values = bx if grad else bx + bh, {}
            if self.kind == "gru":
                b, values["bq"] = torch.cat([b[:2 * H], bx[2 * H:]]), row(bh[2 * H:])
            cells[ending] = {"Wx": wx.T, "Wh": wh.T, "b": row(b)} | values
        for ending, values in cells.items():
            part = {"both ends": "back." if ending else "forth.", "sum, mean": "back." if ending else "forth.", "backwards": "cell.",
                    "learned start": "net."}.get(self.pool, "")
            named |= {f"0.{part}{n}": v for n, v in values.items()}
        named |= {f"0.start.{n}": of(s)[0] for n, s in zip("hc", self.start)}
        named |= {"2.W": of(self.out.weight).T, "2.b": row(of(self.out.bias))}
        return {n: numbers(v) for n, v in named.items()}

    def freeze(self):
        """The second of the two biases must not learn, but for the GRU's bq."""
        for n, p in self.rnn.named_parameters():
            if n.startswith("bias_hh"):
                p.grad[:2 * H if self.kind == "gru" else None] = 0


def case(kind, pool, lengths):
    net = Classifier(kind, pool, lengths)
    x, d = given(T, B, D).requires_grad_(), torch.randint(0, K, (B,))
    start = net.export(lambda p: p, False)
    optimizer, losses, first = torch.optim.Adam(net.params, 0.02), [], None
    for _ in range(10):
        optimizer.zero_grad()
        x.grad = None
        y = net.run(x)
        L = nn.functional.cross_entropy(y, d)
        L.backward()
        first = first or {"y": numbers(y), "dx": numbers(x.grad), "grads": net.export(lambda p: p.grad, True)}
        net.freeze()
        optimizer.step()
        losses.append(float(f"{L.item():.13g}"))
    name = f"{kind}, {pool}" + (", lengths" if lengths else "")
    return {"name": name, "kind": kind, "pool": pool, "lengths": lengths, "x": numbers(x), "d": d.tolist(), "values": start, "losses": losses, **first}


def main():
    torch.manual_seed(25)
    pools = ["last", "mean", "max", "both ends", "sum, mean", "backwards", "learned start"]
    cases = [case(kind, pool, lengths) for pool in pools for kind, lengths in (("lstm", LENGTHS), ("gru", LENGTHS), ("elman", None))]
    made = {"made by": f"PyTorch {torch.__version__}, double precision, seed 25", "cases": cases}
    (HERE / "over_time.json").write_text(json.dumps(made, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
