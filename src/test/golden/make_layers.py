"""Makes layers.json beside this file: outputs, gradients and training losses of dropout (with given draws), convolutions, pooling,
attention and encoder-decoder networks, computed by PyTorch in double precision, with its own modules where it has them, else with the
equations written out and differentiated by autograd. LayersGoldenTest compares the library with them.
Run again with: python make_layers.py (needs torch; the tests do not)."""
import json
import pathlib

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.set_default_dtype(torch.float64)
HERE = pathlib.Path(__file__).parent
T, B, D, H = 4, 3, 2, 3
LENGTHS = [4, 1, 3]
V, W = 5, 4                 # symbols of the source, and of the target
TARGET_LENGTHS = [2, 3, 3]


def numbers(t):
    """Twelve digits are enough for a comparison to 1e-10, and keep the file small."""
    return json.loads(json.dumps(t.detach().tolist()), parse_float=lambda s: float(f"{float(s):.12g}"))


def given(*shape, scale=1.0):
    """Values that were drawn, with two decimals, so that the file says exactly what was computed with."""
    return (torch.randn(*shape) * scale * 100).round().div(100)


def learn(*shape):
    return given(*shape, scale=0.6).requires_grad_()


def draws(*shape):
    return (torch.rand(*shape) * 100).floor().div(100)


def mask(u, p):
    return (u >= p).double() / (1 - p)


def exists(lengths, steps):
    return torch.tensor([[[float(t < n)] for n in lengths] for t in range(steps)])


def row(v):
    return v.reshape(1, -1)


def result(name, kind, params, x, y, valid=None, **more):
    """Backward from given gradients of y, zero where a step does not exist."""
    dy = given(*y.shape) if valid is None else given(*y.shape) * valid
    y.backward(dy)
    return {"name": name, "kind": kind, "x": numbers(x), "y": numbers(y if valid is None else y * valid), "dy": numbers(dy),
            "dx": numbers(x.grad), "values": {n: numbers(p) for n, p in params.items()},
            "grads": {n: numbers(p.grad) for n, p in params.items()}, **more}


# ---- dropout ----

def dropout(sequence):
    x, p = given(T, B, D).requires_grad_(), 0.4
    u = draws(1 if sequence else T, B, D)
    y = x * mask(u, p)
    return result("dropout" + (", per sequence" if sequence else ""), "dropout per sequence" if sequence else "dropout", {}, x, y,
                  p=p, draws=numbers(u.flatten()))


SHAPES = {"elman": {"Wx": (D, H), "Wh": (H, H), "b": (1, H)},
          "jordan": {"Wx": (D, 4), "Wy": (H, 4), "b": (1, 4), "Wo": (4, H), "bo": (1, H)},
          "lstm": {"Wx": (D, 4 * H), "Wh": (H, 4 * H), "b": (1, 4 * H)},
          "lstm peepholes": {"Wx": (D, 4 * H), "Wh": (H, 4 * H), "b": (1, 4 * H), "p": (3, H)},
          "lstm 1997": {"Wx": (D, 3 * H), "Wh": (H, 3 * H), "b": (1, 3 * H)},
          "gru": {"Wx": (D, 3 * H), "Wh": (H, 3 * H), "b": (1, 3 * H), "bq": (1, H)},
          "gru 2014": {"Wx": (D, 3 * H), "Wh": (H, 3 * H), "b": (1, 3 * H)}}


def step(kind, w, x, state, m):
    """One step of a cell whose products read m * h instead of h."""
    h, hm = state[0], state[0] * m
    if kind == "elman":
        return [torch.tanh(x @ w["Wx"] + hm @ w["Wh"] + w["b"])]
    if kind == "jordan":
        return [torch.tanh(torch.tanh(x @ w["Wx"] + hm @ w["Wy"] + w["b"]) @ w["Wo"] + w["bo"])]
    if kind.startswith("lstm"):
        c, z = state[1], x @ w["Wx"] + hm @ w["Wh"] + w["b"]
        if kind == "lstm 1997":
            i, g, o = z.chunk(3, -1)
            c = c + torch.sigmoid(i) * torch.tanh(g)
        else:
            i, f, g, o = z.chunk(4, -1)
            if "p" in w:
                i, f = i + w["p"][0] * c, f + w["p"][1] * c
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            o = o + w["p"][2] * c if "p" in w else o
        return [torch.sigmoid(o) * torch.tanh(c), c]
    ar, az, an = (x @ w["Wx"] + w["b"]).chunk(3, -1)
    hr, hz, hn = w["Wh"].chunk(3, -1)
    r, z = torch.sigmoid(ar + hm @ hr), torch.sigmoid(az + hm @ hz)
    n = torch.tanh(an + ((r * hm) @ hn if kind == "gru 2014" else r * (hm @ hn + w["bq"])))
    return [(1 - z) * n + z * h]


def dropped_state(kind, lengths=None):
    w, p = {n: learn(*s) for n, s in SHAPES[kind].items()}, 0.3
    x, u = given(T, B, D).requires_grad_(), draws(B, H)
    start = [learn(B, H) for _ in range(2 if kind.startswith("lstm") else 1)]
    state, ys, valid = start, [], exists(lengths or [T] * B, T)
    for t in range(T):
        new = step(kind, w, x[t], state, mask(u, p))
        state = [valid[t] * a + (1 - valid[t]) * b for a, b in zip(new, state)]
        ys.append(state[0])
    return {**result(f"{kind}, dropped state" + (", lengths" if lengths else ""), kind, w, x, torch.stack(ys), valid, lengths=lengths, p=p,
                     draws=numbers(u.flatten()), start=[numbers(s) for s in start]), "dstart": [numbers(s.grad) for s in start],
            "end": [numbers(s) for s in state]}


# ---- convolutions ----

def conv_values(weight):
    """W_k stands for the input k steps late, PyTorch's weight for the input from the first of the window on."""
    return weight.flip(2).permute(2, 1, 0).reshape(-1, weight.shape[0])


def conv(n, centred, lengths=None, steps=T):
    module = nn.Conv1d(D, H, n)
    with torch.no_grad():
        module.weight.copy_(given(H, D, n, scale=0.6))
        module.bias.copy_(given(H))
    x, valid = given(steps, B, D).requires_grad_(), exists(lengths or [steps] * B, steps)
    ahead = (n - 1) // 2 if centred else 0
    y = module(F.pad((x * valid).permute(1, 2, 0), (n - 1 - ahead, ahead))).permute(2, 0, 1)
    name = f"conv, window {n}" + (", centred" if centred else "") + (", lengths" if lengths else "") + (f", {steps} steps" if steps != T else "")
    r = result(name, "conv", {}, x, y, valid, n=n, centred=centred, lengths=lengths)
    r["values"] = {"W": numbers(conv_values(module.weight)), "b": numbers(row(module.bias))}
    r["grads"] = {"W": numbers(conv_values(module.weight.grad)), "b": numbers(row(module.bias.grad))}
    return r


def frames(x, frame):
    return x.reshape(-1, *frame)


def conv2d(frame, channels, k, same):
    module = nn.Conv2d(frame[0], channels, k, padding=(k - 1) // 2 if same else 0)
    with torch.no_grad():
        module.weight.copy_(given(channels, frame[0], k, k, scale=0.6))
        module.bias.copy_(given(channels))
    x = given(2, 2, frame[0] * frame[1] * frame[2]).requires_grad_()
    y = module(frames(x, frame)).reshape(2, 2, -1)
    r = result(f"conv2d, {'same' if same else 'valid'}, window {k}", "conv2d", {}, x, y, frame=frame, k=k, same=same, channels=channels)
    r["values"] = {"W": numbers(module.weight.reshape(channels, -1).T), "b": numbers(row(module.bias))}
    r["grads"] = {"W": numbers(module.weight.grad.reshape(channels, -1).T), "b": numbers(row(module.bias.grad))}
    return r


def pool2d(frame, k, largest):
    x = given(2, 2, frame[0] * frame[1] * frame[2]).requires_grad_()
    y = (F.max_pool2d if largest else F.avg_pool2d)(frames(x, frame), k).reshape(2, 2, -1)
    return result(f"{'max' if largest else 'mean'} of {k} x {k}", "pool2d", {}, x, y, frame=frame, k=k, max=largest)


# ---- attention and encoder-decoder ----

def attend(h, e, lengths, w):
    """[h_t, context_t] and the weights; the dot score without parameters, else the additive one."""
    h, e = h.transpose(0, 1), e.transpose(0, 1)
    s = h @ e.transpose(1, 2) if not w else (torch.tanh((h @ w["Wq"])[:, :, None] + (e @ w["Wk"])[:, None]) @ w["v"])[..., 0]
    hidden = torch.arange(e.shape[1])[None, None] >= torch.tensor(lengths)[:, None, None]
    a = torch.softmax(s.masked_fill(hidden, -torch.inf), -1)
    return torch.cat([h, a @ e], -1).transpose(0, 1), a.transpose(0, 1)


def score(additive):
    return {"Wq": learn(H, H), "Wk": learn(H, H), "v": learn(H, 1)} if additive else {}


def attention(additive, lengths):
    w, x, e = score(additive), learn(3, B, H), learn(T, B, H)
    y, a = attend(x, e, lengths or [T] * B, w)
    name = f"attention, {'additive' if additive else 'dot'}" + (", lengths" if lengths else "")
    return {**result(name, "attention", w, x, y, lengths=lengths, additive=additive, a=numbers(a), e=numbers(e)), "de": numbers(e.grad)}


MODULES = {"elman": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class Translator:
    """Embeddings, encoder, decoder, attention or none, head; weights exported in the library's layout and names."""

    def __init__(self, kind, additive):
        self.kind, self.attends = kind, additive is not None
        self.source, self.target = learn(V, D), learn(W, D)
        self.encoder, self.decoder = MODULES[kind](D, H), MODULES[kind](D, H)
        with torch.no_grad():
            for p in [*self.encoder.parameters(), *self.decoder.parameters()]:
                p.copy_(given(*p.shape, scale=0.6))
        self.score = score(additive)
        self.head = {"W": learn(2 * H if self.attends else H, W), "b": learn(1, W)}
        self.params = [self.source, self.target, *self.encoder.parameters(), *self.decoder.parameters(), *self.score.values(),
                       *self.head.values()]

    def run(self, x, u):
        packed = pack_padded_sequence(self.source[x], torch.tensor(LENGTHS), enforce_sorted=False)
        e, state = self.encoder(packed)
        e, _ = pad_packed_sequence(e, total_length=T)
        h, _ = self.decoder(self.target[u], state)
        if self.attends:
            h, _ = attend(h, e, LENGTHS, self.score)
        return h @ self.head["W"] + self.head["b"]

    def export(self, of, grad):
        named = {"source.W": of(self.source), "target.W": of(self.target)}
        for name, cell in (("encoder", self.encoder), ("decoder", self.decoder)):
            wx, wh, bx, bh = (of(p) for p in cell.parameters())
            b = bx if grad else bx + bh          # one bias where PyTorch adds two
            if self.kind == "gru":               # the reset gate acts on h Whn + bq, so this one stays apart
                b = torch.cat([b[:2 * H], bx[2 * H:]])
                named[f"{name}.bq"] = row(bh[2 * H:])
            named |= {f"{name}.Wx": wx.T, f"{name}.Wh": wh.T, f"{name}.b": row(b)}
        named |= {f"attention.{n}": of(p) for n, p in self.score.items()} | {f"head.{n}": of(p) for n, p in self.head.items()}
        return {n: numbers(v) for n, v in named.items()}

    def freeze(self):
        """The second of the two biases must not learn, but for the GRU's bq."""
        for cell in (self.encoder, self.decoder):
            g = cell.bias_hh_l0.grad
            g[:2 * H if self.kind == "gru" else None] = 0


def symbols():
    steps = max(TARGET_LENGTHS)
    x, u, d = torch.randint(0, V, (T, B)), torch.randint(0, W, (steps, B)), torch.randint(0, W, (steps, B))
    return x, u, d, exists(TARGET_LENGTHS, steps)


def whole(t):
    return numbers(t[..., None].double())


def translation(kind, additive):
    net = Translator(kind, additive)
    x, u, _, valid = symbols()
    y = net.run(x, u)
    dy = given(*y.shape) * valid
    y.backward(dy)
    how = {None: "", False: ", dot attention", True: ", additive attention"}[additive]
    return {"name": f"encoder-decoder, {kind}{how}", "kind": kind, "additive": additive, "source": whole(x), "inputs": whole(u),
            "lengths": LENGTHS, "targetLengths": TARGET_LENGTHS, "y": numbers(y * valid), "dy": numbers(dy),
            "values": net.export(lambda p: p, False), "grads": net.export(lambda p: p.grad, True)}


# ---- ten training steps ----

def ten(make, params, freeze, scores, d, valid):
    optimizer, losses = make(params), []
    for _ in range(10):
        optimizer.zero_grad()
        y = scores()
        rows = F.cross_entropy(y.reshape(-1, y.shape[-1]), d.flatten(), reduction="none")
        L = (rows * valid.flatten()).sum() / valid.sum()
        L.backward()
        freeze()
        optimizer.step()
        losses.append(L.item())
    return [float(f"{v:.13g}") for v in losses]


def adam(params):
    return torch.optim.Adam(params, 0.02)


def descent(params):
    return torch.optim.SGD(params, 0.3)


def translations(kind, additive, make, name):
    net = Translator(kind, additive)
    x, u, d, valid = symbols()
    start = net.export(lambda p: p, False)
    losses = ten(make, net.params, net.freeze, lambda: net.run(x, u), d, valid)
    return {"name": name, "kind": kind, "additive": additive, "source": whole(x), "inputs": whole(u), "d": whole(d), "lengths": LENGTHS,
            "targetLengths": TARGET_LENGTHS, "values": start, "losses": losses}


def convolutions(make, name):
    """Frames -> convolution -> relu -> mean -> dropout -> convolution over time -> scores at every step that exists."""
    frame, channels, n, K, p = (1, 5, 4), 2, 3, 3, 0.25
    w = {"0.W": learn(9, channels), "0.b": learn(1, channels), "4.W": learn(n * 2, H), "4.b": learn(1, H), "5.W": learn(H, K), "5.b": learn(1, K)}
    x, d, valid = given(T, B, 20), torch.randint(0, K, (T, B)), exists(LENGTHS, T)
    u = draws(10, T, B, 2)
    start, count = {n_: numbers(v) for n_, v in w.items()}, iter(range(10))

    def scores():
        f = F.conv2d(frames(x, frame), w["0.W"].T.reshape(channels, 1, 3, 3), w["0.b"][0])
        f = F.avg_pool2d(torch.relu(f), 2).reshape(T, B, 2) * mask(u[next(count)], p)
        f = F.pad((f * valid).permute(1, 2, 0), (1, 1))
        f = F.conv1d(f, w["4.W"].reshape(n, 2, H).permute(2, 1, 0).flip(2), w["4.b"][0]).permute(2, 0, 1)
        return f @ w["5.W"] + w["5.b"]

    losses = ten(make, list(w.values()), lambda: None, scores, d, valid)
    return {"name": name, "frame": frame, "x": numbers(x), "d": whole(d), "lengths": LENGTHS, "p": p, "draws": numbers(u.flatten()),
            "values": start, "losses": losses}


def main():
    torch.manual_seed(22)
    cases = [dropout(False), dropout(True)]
    for kind in SHAPES:
        cases.append(dropped_state(kind, LENGTHS))
    cases += [dropped_state("lstm"), dropped_state("gru")]
    for lengths in (None, LENGTHS):
        cases += [conv(3, False, lengths), conv(3, True, lengths)]
    cases += [conv(1, False), conv(2, False), conv(5, True, LENGTHS), conv(5, True, steps=2), conv(4, False, steps=2)]
    cases += [conv2d((2, 4, 3), 3, 2, False), conv2d((2, 4, 3), 2, 3, True), conv2d((1, 3, 3), 2, 3, False)]
    cases += [pool2d((2, 5, 4), 2, largest) for largest in (True, False)]
    cases += [attention(additive, lengths) for additive in (False, True) for lengths in (None, LENGTHS)]
    pairs = [translation(kind, None) for kind in MODULES] + [translation(kind, a) for kind in ("gru", "lstm") for a in (False, True)]
    trainings = [translations("lstm", None, descent, "encoder-decoder, lstm, gradient descent"),
                 translations("gru", False, adam, "encoder-decoder, gru, dot attention, Adam"),
                 translations("gru", True, adam, "encoder-decoder, gru, additive attention, Adam")]
    made = {"made by": f"PyTorch {torch.__version__}, double precision, seed 22", "cases": cases, "pairs": pairs, "trainings": trainings,
            "convolutions": [convolutions(adam, "convolutions and dropout, Adam"), convolutions(descent, "convolutions and dropout, gradient descent")]}
    (HERE / "layers.json").write_text(json.dumps(made, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
