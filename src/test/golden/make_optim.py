"""Makes optim.json beside this file: ten training losses of a small network for each optimizer, weight decay, clipping and schedule,
computed by PyTorch in double precision. OptimGoldenTest compares the library with them. Run again with: python make_optim.py (needs
torch; the tests do not)."""
import json
import pathlib

import torch

from make_golden import forward, numbers, value, weights

HERE = pathlib.Path(__file__).parent


def training(name, make, schedule=None, clip=None):
    layers = weights([3, 5, 2])
    start = [{"W": numbers(w), "b": numbers(b)} for w, b in layers]
    params = [p.requires_grad_() for wb in layers for p in wb]
    x, d = torch.randn(1, 6, 3), torch.randn(1, 6, 2)
    optimizer = make(params)
    scheduler = schedule(optimizer) if schedule else None
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        L = value("mean squared error", forward(layers, "tanh", x), d, None)
        L.backward()
        if clip:
            torch.nn.utils.clip_grad_value_(params, clip)
        optimizer.step()
        if scheduler:
            scheduler.step()
        losses.append(L.item())
    return {"name": name, "layers": start, "x": numbers(x), "d": numbers(d), "losses": losses, "end": [numbers(p) for p in params]}


def main():
    torch.manual_seed(21)
    o, s = torch.optim, torch.optim.lr_scheduler
    sgd = lambda p: o.SGD(p, 0.3)
    # LinearLR multiplies by its start factor at first and reaches 1 after total_iters steps: 1/5, 2/5, ..., 5/5.
    warm = lambda k: s.LinearLR(k, start_factor=0.2, total_iters=4)
    trainings = [
        training("rmsprop", lambda p: o.RMSprop(p, 0.02)),
        training("rmsprop, weight decay", lambda p: o.RMSprop(p, 0.02, weight_decay=0.1)),
        training("adam, weight decay", lambda p: o.AdamW(p, 0.05, weight_decay=0.1)),
        training("sgd, weight decay", lambda p: o.SGD(p, 0.3, weight_decay=0.1)),
        training("momentum, weight decay", lambda p: o.SGD(p, 0.1, momentum=0.9, weight_decay=0.1)),
        training("sgd, clip value", sgd, clip=0.1),
        training("sgd, step", sgd, lambda k: s.StepLR(k, 3, 0.5)),
        training("adam, step", lambda p: o.Adam(p, 0.05), lambda k: s.StepLR(k, 3, 0.5)),
        training("sgd, exponential", sgd, lambda k: s.ExponentialLR(k, 0.8)),
        training("sgd, cosine", sgd, lambda k: s.CosineAnnealingLR(k, 10)),
        training("sgd, warm-up", sgd, warm),
        training("rmsprop, warm-up and cosine", lambda p: o.RMSprop(p, 0.02),
                 lambda k: s.SequentialLR(k, [warm(k), s.CosineAnnealingLR(k, 6)], [4])),
        training("adam options", lambda p: o.Adam(p, 0.05, betas=(0.7, 0.9), eps=0.01)),
        training("rmsprop options", lambda p: o.RMSprop(p, 0.02, alpha=0.8, eps=0.01)),
    ]
    made = {"made by": f"PyTorch {torch.__version__}, double precision, seed 21", "trainings": trainings}
    (HERE / "optim.json").write_text(json.dumps(made, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
