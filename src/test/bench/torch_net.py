"""The training problem of Workload.java in PyTorch: a recurrent layer, a dense head, cross entropy, clip by norm 5, Adam."""
import torch

TYPES = {"f64": torch.float64, "f32": torch.float32}
CELLS = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}


def training_step(cell, B, T, D, H, dtype):
    """Random inputs and classes; the function that does one step and returns the loss."""
    torch.manual_seed(1)
    first, head = CELLS[cell](D, H, dtype=TYPES[dtype]), torch.nn.Linear(H, D, dtype=TYPES[dtype])
    params = [*first.parameters(), *head.parameters()]
    adam = torch.optim.Adam(params, 0.001)
    x, d = torch.randn(T, B, D, dtype=TYPES[dtype]), torch.randint(D, (T * B,))

    def step():
        loss = torch.nn.functional.cross_entropy(head(first(x)[0]).reshape(T * B, D), d)
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(params, 5)
        adam.step()
        return loss

    return step
