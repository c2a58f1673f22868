"""Makes feedforward.json beside this file: values, gradients and training losses of small networks, computed by PyTorch in double
precision. GoldenTest compares the library with them. Run again with: python make_golden.py (needs torch; the tests do not)."""
import json
import pathlib

import torch

torch.set_default_dtype(torch.float64)
HERE = pathlib.Path(__file__).parent
ACTIVATIONS = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu}


def weights(sizes, bias=True):
    return [(torch.randn(i, o) * 0.7, torch.randn(1, o) * 0.3 if bias else None) for i, o in zip(sizes, sizes[1:])]


def forward(layers, activation, x):
    for n, (w, b) in enumerate(layers):
        x = x @ w if b is None else x @ w + b
        if activation and n < len(layers) - 1:
            x = ACTIVATIONS[activation](x)
    return x


def target(loss, T, B, K):
    if loss == "cross entropy":
        return torch.randint(0, K, (T, B, 1)).double()
    if loss == "cross entropy of probabilities":
        return torch.softmax(torch.randn(T, B, K), -1)
    if loss == "binary cross entropy":
        return torch.randint(0, 2, (T, B, K)).double()
    return torch.randn(T, B, K)


def value(loss, y, d, mask):
    """A mean over the steps that count; outputs of a step are summed, but averaged for the mean squared error."""
    K = y.shape[-1]
    if loss.startswith("cross entropy"):
        t = d.squeeze(-1).long().flatten() if d.shape[-1] == 1 else d.reshape(-1, K)
        rows = torch.nn.functional.cross_entropy(y.reshape(-1, K), t, reduction="none")
    elif loss == "binary cross entropy":
        rows = torch.nn.functional.binary_cross_entropy_with_logits(y, d, reduction="none").sum(-1).flatten()
    elif loss == "half squared error":
        rows = (0.5 * torch.nn.functional.mse_loss(y, d, reduction="none").sum(-1)).flatten()
    else:
        rows = torch.nn.functional.mse_loss(y, d, reduction="none").mean(-1).flatten()
    m = torch.ones_like(rows) if mask is None else mask.flatten()
    return (rows * m).sum() / m.sum()


def numbers(t):
    return None if t is None else t.detach().tolist()


def case(name, activation, loss, T, B, sizes, masked=False, bias=True):
    layers = weights(sizes, bias)
    x = torch.randn(T, B, sizes[0], requires_grad=True)
    d = target(loss, T, B, sizes[-1])
    mask = None
    if masked:
        mask = (torch.rand(T, B, 1) < 0.6).double()
        mask[0, 0, 0], mask[-1, -1, 0] = 1.0, 0.0
    params = [p for wb in layers for p in wb if p is not None]
    for p in params:
        p.requires_grad_()
    y = forward(layers, activation, x)
    L = value(loss, y, d, mask)
    L.backward()
    return {"name": name, "activation": activation, "lossName": loss, "x": numbers(x), "d": numbers(d), "mask": numbers(mask),
            "layers": [{"W": numbers(w), "b": numbers(b)} for w, b in layers], "y": numbers(y), "loss": L.item(),
            "dx": numbers(x.grad), "grads": [numbers(p.grad) for p in params]}


def training(name, make, clip=None):
    layers = weights([3, 5, 2])
    start = [{"W": numbers(w), "b": numbers(b)} for w, b in layers]
    params = [p.requires_grad_() for wb in layers for p in wb]
    x, d = torch.randn(1, 6, 3), torch.randn(1, 6, 2)
    optimizer, losses, norms = make(params), [], []
    for _ in range(10):
        optimizer.zero_grad()
        L = value("mean squared error", forward(layers, "tanh", x), d, None)
        L.backward()
        norms.append(torch.sqrt(sum((p.grad ** 2).sum() for p in params)).item())
        if clip and norms[-1] > clip:     # clip_grad_norm_ divides by norm + 1e-6; the formula of the paper is this one
            for p in params:
                p.grad *= clip / norms[-1]
        optimizer.step()
        losses.append(L.item())
    return {"name": name, "layers": start, "x": numbers(x), "d": numbers(d), "clip": clip, "losses": losses, "norms": norms,
            "end": [numbers(p) for p in params]}


def main():
    torch.manual_seed(20)
    losses = ["half squared error", "mean squared error", "cross entropy", "cross entropy of probabilities", "binary cross entropy"]
    cases = []
    for activation in (None, "tanh", "sigmoid", "relu"):
        for loss in losses:
            cases.append(case(f"{activation}, {loss}", activation, loss, 1, 4, [3, 5, 2]))
            cases.append(case(f"{activation}, {loss}, masked sequence", activation, loss, 3, 4, [3, 5, 4], masked=True))
    cases.append(case("three layers", "tanh", "cross entropy", 2, 3, [4, 6, 5, 3]))
    cases.append(case("no bias", "tanh", "mean squared error", 1, 3, [4, 6, 3], bias=False))
    cases.append(case("one example, one output", "tanh", "half squared error", 1, 1, [2, 3, 1]))
    trainings = [training("sgd", lambda p: torch.optim.SGD(p, 0.3)),
                 training("momentum", lambda p: torch.optim.SGD(p, 0.1, momentum=0.9)),
                 training("adam", lambda p: torch.optim.Adam(p, 0.05)),
                 training("sgd, clipped", lambda p: torch.optim.SGD(p, 0.3), clip=0.25)]
    made = {"made by": f"PyTorch {torch.__version__}, double precision, seed 20", "cases": cases, "trainings": trainings}
    (HERE / "feedforward.json").write_text(json.dumps(made, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
