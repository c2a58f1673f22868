"""Makes single.json beside this file: ten training losses of nn.RNN (tanh), nn.LSTM and nn.GRU with an nn.Linear on each output, computed by
PyTorch in single precision (float32): cross entropy, gradients of a length of at most 5, Adam with the rate 0.01. SingleGoldenTest trains the
same in single precision. Run again with: python make_single.py (needs torch; the tests do not).

PyTorch has two biases where we have one. The second is zero here and stays so, but for the n of a GRU, where it is our bq."""
import json
import pathlib

import torch

HERE = pathlib.Path(__file__).parent
SIZES = [(5, 3, 2, 4, 2), (20, 8, 5, 16, 4), (40, 8, 8, 32, 6)]          # T, B, D, H, K


def numbers(t):
    return json.loads(json.dumps(t.tolist()), parse_float=lambda x: round(float(x), 3))


def rounded(t):
    """Three decimals, so that the file stays short; to the float that is nearest to them."""
    with torch.no_grad():
        t.copy_(torch.tensor(numbers(t)))


def training(kind, T, B, D, H, K):
    rnn, out = getattr(torch.nn, kind)(D, H), torch.nn.Linear(H, K)
    params = [*rnn.parameters(), *out.parameters()]
    for p in params:
        rounded(p)
    b = rnn.bias_hh_l0
    learned = 2 * H if kind == "GRU" else b.numel()              # where the part of the second bias begins that we have too
    with torch.no_grad():
        b[:learned] = 0
    b.register_hook(lambda g: torch.cat([torch.zeros(learned), g[learned:]]))
    x, d = torch.randn(T, B, D), torch.randint(0, K, (T, B))
    rounded(x)
    start = {"Wx": numbers(rnn.weight_ih_l0.T), "Wh": numbers(rnn.weight_hh_l0.T), "b": numbers(rnn.bias_ih_l0[None])}
    if kind == "GRU":
        start["bq"] = numbers(b[None, learned:])
    head = {"W": numbers(out.weight.T), "b": numbers(out.bias[None])}
    adam, losses = torch.optim.Adam(params, 0.01), []
    for _ in range(10):
        adam.zero_grad()
        L = torch.nn.functional.cross_entropy(out(rnn(x)[0]).reshape(T * B, K), d.reshape(T * B))
        L.backward()
        torch.nn.utils.clip_grad_norm_(params, 5)
        adam.step()
        losses.append(L.item())
    assert not b[:learned].any() and L.dtype == torch.float32
    return {"name": f"{kind}, T = {T}, H = {H}", "kind": kind, "cell": start, "head": head, "x": numbers(x), "d": d[..., None].tolist(), "losses": losses}


def main():
    torch.manual_seed(24)
    torch.set_num_threads(1)
    trainings = [training(kind, *sizes) for kind in ["RNN", "LSTM", "GRU"] for sizes in SIZES]
    made = {"made by": f"PyTorch {torch.__version__}, single precision, seed 24", "trainings": trainings}
    (HERE / "single.json").write_text(json.dumps(made, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
